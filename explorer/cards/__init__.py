"""Evidence, edges, conditions and whys as HTML, without Streamlit."""
