"""The Imaging page: ratings by situation."""
