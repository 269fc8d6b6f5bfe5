// The next step or edge in the direction of an arrow key, from the one that is shown; `came` is the edge by which its step was come to, `home` is
// where one is when none is shown. Nothing where no way leads on.
// biome-ignore lint/correctness/noUnusedVariables: used by the script that this one is joined to
function along({ nodes, edges }, key, { current, came, start, home }) {
  const leaving = (step) => edges.filter((edge) => edge.from === step), entering = (step) => edges.filter((edge) => edge.to === step);
  const on = key === "ArrowRight" || key === "ArrowDown", across = key === "ArrowDown" || key === "ArrowUp";
  const edge = edges.find(({ id }) => id === current);
  if (edge) {
    const beside = leaving(edge.from), at = beside.indexOf(edge) + (on ? 1 : -1);
    if (across && beside.length > 1) return beside.at(at % beside.length).id;
    return on ? edge.to : edge.from;
  }
  if (!current) return on ? start || (nodes.find(({ id }) => !entering(id).length) ?? nodes[0])?.id : undefined;
  if (on) return leaving(current)[0]?.id;
  return (entering(current).find(({ id }) => id === came) ?? entering(current)[0])?.id ?? home;
}
