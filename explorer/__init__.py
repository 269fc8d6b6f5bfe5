"""What people see: the Streamlit app with its pages, the drawing, the hand-outs, and the command `edgewise`."""
