/** A heatmap's scale: from −limit to limit. */
export function SignedScale({ limit }: { limit: string }) {
  return (
    <span className="caption">
      −{limit} <span className="ramp ramp-signed" /> {limit}
    </span>
  );
}
