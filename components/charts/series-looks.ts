/** Colors of things that share a chart, in their order; a legend names each, and the table tells them apart without color. */
const LOOKS = [
  { fill: 'fill-danger', stroke: 'stroke-danger', swatch: 'bg-danger' },
  { fill: 'fill-warning', stroke: 'stroke-warning', swatch: 'bg-warning' },
  { fill: 'fill-accent', stroke: 'stroke-accent', swatch: 'bg-accent' },
  { fill: 'fill-success', stroke: 'stroke-success', swatch: 'bg-success' },
  { fill: 'fill-control', stroke: 'stroke-control', swatch: 'bg-control' },
  { fill: 'fill-ink', stroke: 'stroke-ink', swatch: 'bg-ink' },
] as const;

/** The look of the nth of them; from the seventh on they come again. */
export function lookOf(index: number): (typeof LOOKS)[number] {
  return LOOKS[index % LOOKS.length] ?? LOOKS[0];
}
