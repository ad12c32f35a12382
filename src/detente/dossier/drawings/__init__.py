"""Pictures of answers: SVG with ids and roles, made of a result and nothing else."""
