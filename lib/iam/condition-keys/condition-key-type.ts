/** The value type of a condition key, as the service authorization reference writes it; `ArrayOf…` is multivalued. */
export type ConditionKeyType =
  | 'ARN'
  | 'ArrayOfARN'
  | 'ArrayOfString'
  | 'Bool'
  | 'Date'
  | 'IPAddress'
  | 'Numeric'
  | 'String';

/** Condition key as AWS spells it -> its type. */
export type ConditionKeyTable = Readonly<Record<string, ConditionKeyType>>;
