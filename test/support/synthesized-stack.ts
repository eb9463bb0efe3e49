type Attributes = Readonly<Record<string, unknown>>;

/** A synthesized stack, read by its Terraform addresses. */
export class SynthesizedStack {
  constructor(
    readonly text: string,
    /** The `versions.tf` beside it. */
    readonly versions: string,
    private readonly json = JSON.parse(text),
  ) {}

  /** Every address, sorted: the inventory. */
  addresses(): readonly string[] {
    return this.blocks()
      .filter(({ count }) => count !== 0)
      .map(({ address }) => address);
  }

  /** Addresses, sorted, of what is not made and only keeps what an earlier stack made from being destroyed. */
  guarded(): readonly string[] {
    return this.blocks()
      .filter(({ count, lifecycle }) => count === 0 && lifecycle?.prevent_destroy === true)
      .map(({ address }) => address);
  }

  private blocks() {
    const types: Record<string, Record<string, Attributes & { count?: number; lifecycle?: Attributes }>> = this.json
      .resource;
    const blocks = Object.entries(types).flatMap(([type, resources]) =>
      Object.entries(resources).map(([name, block]) => ({ ...block, address: `${type}.${name}` })),
    );
    return blocks.sort((left, right) => (left.address < right.address ? -1 : 1));
  }

  /** The arguments of one resource, without the metadata that CDKTF adds. */
  resource(address: string): Attributes {
    const [type = '', name = ''] = address.split('.');
    const { '//': _metadata, ...attributes } = this.json.resource[type][name];
    return attributes;
  }

  /** The statements of a policy argument. */
  statements(address: string, argument = 'policy'): readonly Attributes[] {
    return JSON.parse(String(this.resource(address)[argument])).Statement;
  }

  get output() {
    return this.json.output.backup_environment.value;
  }

  get removed() {
    return this.json.removed;
  }

  get terraform() {
    return this.json.terraform;
  }

  get provider() {
    return this.json.provider.aws[0];
  }
}
