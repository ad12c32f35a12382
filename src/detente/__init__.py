"""Strategic stand-offs as models that can be questioned."""
