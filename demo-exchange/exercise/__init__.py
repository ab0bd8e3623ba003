"""The demo exchange's content: one exercise, made from a seed. README.md tells the story."""
