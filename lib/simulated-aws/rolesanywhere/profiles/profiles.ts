import { readSessionPolicy } from '../../iam/entities/policy-document';
import {
  type Input,
  optionalBoolean,
  optionalInteger,
  optionalString,
  optionalStrings,
  requiredStrings,
} from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { Profile } from '../../state/services/roles-anywhere-state';
import { AwsError } from '../../wire/http/aws-error';
import { requirePassRole, requireResource } from '../request/access';
import { readName, requestedResource } from '../request/new-resource';
import { type Output, validationException } from '../request/operation';
import { keep } from '../request/resource-operations';
import { DEFAULT_MAPPINGS } from './attribute-mappings';
import { profileKind } from './profile-kind';

const DURATION_LIMITS = { min: 900, max: 43_200 };
const ROLE_ARN_RULE = { minLength: 1, maxLength: 1011, pattern: /arn:aws(-[^:]+)?:iam(:.*){2}(:role.*)/ };
const MAX_ROLES = 250;
const MAX_MANAGED_POLICIES = 50;

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateProfile.html */
export function createProfile(call: Call, input: Input): Output {
  const name = readName(input);
  const roleArns = readRoleArns(input);
  const change = readChange(input);
  const requiresInstanceProperties = optionalBoolean(input, 'requireInstanceProperties');
  const resource = requestedResource(call, input, 'profile', 'rolesanywhere:CreateProfile');
  requirePassRole(call, roleArns);
  return keep(call, profileKind, {
    ...resource,
    name,
    roleArns,
    managedPolicyArns: [],
    durationSeconds: 3600,
    acceptsRoleSessionName: false,
    requiresInstanceProperties,
    attributeMappings: DEFAULT_MAPPINGS,
    ...change,
  });
}

/** Members that the request leaves out stay as they are. @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_UpdateProfile.html */
export function updateProfile(call: Call, input: Input): Output {
  const change = {
    ...(isGiven(input, 'name') && { name: readName(input) }),
    ...(isGiven(input, 'roleArns') && { roleArns: readRoleArns(input) }),
    ...readChange(input),
  };
  const profile = requireResource(call, input, profileKind, { action: 'rolesanywhere:UpdateProfile' });
  requirePassRole(call, change.roleArns ?? []);
  return keep(call, profileKind, { ...profile, ...change });
}

type Change = Partial<
  Pick<Profile, 'managedPolicyArns' | 'sessionPolicy' | 'durationSeconds' | 'acceptsRoleSessionName'>
>;

function readChange(input: Input): Change {
  const durationSeconds = optionalInteger(input, 'durationSeconds', DURATION_LIMITS);
  const sessionPolicy = tryReadSessionPolicy(input);
  const managedPolicyArns = optionalStrings(input, 'managedPolicyArns');
  if (managedPolicyArns.length > MAX_MANAGED_POLICIES) {
    throw validationException(`A profile has at most ${MAX_MANAGED_POLICIES} managed policies`);
  }
  return {
    ...(isGiven(input, 'managedPolicyArns') && { managedPolicyArns }),
    ...(sessionPolicy !== undefined && { sessionPolicy }),
    ...(durationSeconds !== undefined && { durationSeconds }),
    ...(isGiven(input, 'acceptRoleSessionName') && {
      acceptsRoleSessionName: optionalBoolean(input, 'acceptRoleSessionName'),
    }),
  };
}

function readRoleArns(input: Input): readonly string[] {
  const roleArns = requiredStrings(input, 'roleArns', ROLE_ARN_RULE);
  if (roleArns.length > MAX_ROLES) throw validationException(`A profile has at most ${MAX_ROLES} roles`);
  return roleArns;
}

function tryReadSessionPolicy(input: Input): string | undefined {
  const text = optionalString(input, 'sessionPolicy', { maxLength: 100_000 });
  if (text === undefined || text === '') return undefined;
  try {
    readSessionPolicy(text);
  } catch (error) {
    throw error instanceof AwsError ? validationException(error.message) : error;
  }
  return text;
}

function isGiven(input: Input, name: string): boolean {
  return (input[name] ?? undefined) !== undefined;
}
