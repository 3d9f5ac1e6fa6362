"""Pictures of ours: the paper and its two forms, colours and type, text that fits, lean SVG."""
