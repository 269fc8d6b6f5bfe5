"""The canvas: scene, layout, and the component that paints it."""
