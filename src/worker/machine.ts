/** A browser and what it runs on, for people: "Chrome 130 on Linux, 8 cores". */
export function machineOf({
  userAgent,
  hardwareConcurrency,
}: Pick<Navigator, 'userAgent' | 'hardwareConcurrency'>): string {
  // Later names stand in the others' strings too: the first that fits is meant.
  const browser =
    /(Edg|Firefox|OPR)\/(\d+)/.exec(userAgent) ?? /(Chrome|Version)\/(\d+)/.exec(userAgent);
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', Version: 'Safari' };
  const [, name = '', version = ''] = browser ?? [];
  const called = browser ? `${names[name] ?? name} ${version}` : 'a browser';
  const systems = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'CrOS', 'Linux'];
  const system = systems.find((one) => userAgent.includes(one));
  const cores = hardwareConcurrency === 1 ? '1 core' : `${hardwareConcurrency} cores`;
  return `${called}${system === undefined ? '' : ` on ${system}`}, ${cores}`;
}
