"""Who would leave which state: solution concepts, reasons, patterns, inverse, status quo."""
