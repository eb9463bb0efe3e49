import { powershellText } from '../../quoting/powershell-text';
import type { HostToSetUp } from '../host-file';
import { sessionArguments } from './helper-command';
import { SERVE_PORT } from './places';
import { vaultVariables } from './vault-drop-in';

const PLACES = {
  folder: 'C:\\ProgramData\\vault-backup',
  awsConfig: 'C:\\ProgramData\\vault-backup\\aws-config',
  helper: 'C:\\ProgramData\\vault-backup\\aws_signing_helper.exe',
} as const;

/** A store of the local machine; the helper looks into its user's stores, which inherit all of these but the personal one. */
const STORE = 'VaultBackup';

const PARAMETERS = (names: readonly string[]) => `[CmdletBinding()]
param(
  [Parameter(Mandatory)] [ValidateSet(${names.map(powershellText).join(', ')})] [string] $CommonName,
  # The certificate that the authority issued for the request; without it, the request is made.
  [string] $Certificate,
  # The service that runs Vault, and its user.
  [string] $Service = 'Tomcat11',
  [string] $User = 'NT SERVICE\\Tomcat11'
)
$ErrorActionPreference = 'Stop'
# A program that fails does not stop a script by itself.
function Require-Success($Program) { if ($LASTEXITCODE -ne 0) { throw "$Program ended with $LASTEXITCODE" } }`;

const REQUEST = `New-Item -ItemType Directory -Force -Path $folder | Out-Null
if (-not $Certificate) {
  $lines = '[NewRequest]', ('Subject = "CN={0}"' -f $CommonName), 'KeyAlgorithm = ECDSA_P256', 'KeyLength = 256',
    'HashAlgorithm = sha256', 'KeyUsage = 0x80', 'MachineKeySet = true', 'Exportable = false',
    'ProviderName = "Microsoft Software Key Storage Provider"', 'RequestType = PKCS10',
    '[EnhancedKeyUsageExtension]', 'OID = 1.3.6.1.5.5.7.3.2'
  Set-Content -Path (Join-Path $folder 'request.inf') -Value $lines -Encoding ascii
  certreq -new -f -q (Join-Path $folder 'request.inf') (Join-Path $folder 'request.pem')
  Require-Success certreq
  Write-Output "Have $folder\\request.pem signed, then run this again with -Certificate."
  return
}`;

/** The key stays where it was made; only the certificate moves to the store in which the helper finds it. */
const CERTIFICATE = `certreq -accept -machine $Certificate
Require-Success certreq
$accepted = [System.Security.Cryptography.X509Certificates.X509Certificate2]::new((Resolve-Path $Certificate).Path)
if (-not (Test-Path "Cert:\\LocalMachine\\$store")) { New-Item "Cert:\\LocalMachine\\$store" | Out-Null }
Get-ChildItem "Cert:\\LocalMachine\\$store" | Where-Object Thumbprint -ne $accepted.Thumbprint | Remove-Item
Move-Item "Cert:\\LocalMachine\\My\\$($accepted.Thumbprint)" "Cert:\\LocalMachine\\$store"
$held = Get-Item "Cert:\\LocalMachine\\$store\\$($accepted.Thumbprint)"
$key = [System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::GetECDsaPrivateKey($held).Key
$keyFile = Join-Path $env:ProgramData "Microsoft\\Crypto\\Keys\\$($key.UniqueName)"`;

const SERVICE = `Set-ItemProperty "HKLM:\\SYSTEM\\CurrentControlSet\\Services\\$Service" -Name Environment -Type MultiString -Value $variables
Restart-Service $Service`;

const SERVE = `$action = New-ScheduledTaskAction -Execute $helper -Argument ('serve --port ${SERVE_PORT} --hop-limit 1 ' + $session)
$trigger = New-ScheduledTaskTrigger -AtStartup
$settings = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) -ExecutionTimeLimit 0
Register-ScheduledTask -TaskName vault-roles-anywhere -Action $action -Trigger $trigger -Settings $settings -User 'NT AUTHORITY\\LOCAL SERVICE' -Force | Out-Null
Start-ScheduledTask -TaskName vault-roles-anywhere`;

/**
 * The same for Windows: the key is made in the certificate store, cannot be exported, and is found by the certificate's
 * serial number.
 *
 * @see https://github.com/aws/rolesanywhere-credential-helper#cert-selector-flag
 * @see https://learn.microsoft.com/windows-server/administration/windows-commands/certreq_1
 */
export function windowsScript(toSetUp: HostToSetUp<'on-premises'>): string {
  const { aws, host } = toSetUp;
  const isProcess = host.helper === 'process';
  const variables = { ...vaultVariables(toSetUp), AWS_CONFIG_FILE: PLACES.awsConfig };
  const config = ['[default]', `region = ${aws.region}`];
  return [
    '# Sets a Vault host of Windows up. Run as an administrator; nothing in it is secret.',
    PARAMETERS(host.certificate.subject.CN),
    `$folder = ${powershellText(PLACES.folder)}`,
    `$helper = ${powershellText(PLACES.helper)}`,
    `$store = ${powershellText(STORE)}`,
    `$variables = ${Object.entries(variables)
      .map(([name, value]) => powershellText(`${name}=${value}`))
      .join(', ')}`,
    REQUEST,
    CERTIFICATE,
    // The subject of a selector would have to be the whole one, with all that the authority adds to the common name.
    `$session = ('--system-store-name ' + $store + ' --cert-selector Key=x509Serial,Value=' + $accepted.SerialNumber + ' ') + ${powershellText(sessionArguments(toSetUp).map(windowsArgument).join(' '))}`,
    `icacls $keyFile /grant ${isProcess ? '"$($User):R"' : "'NT AUTHORITY\\LOCAL SERVICE:R'"} | Out-Null`,
    'Require-Success icacls',
    `$config = ${config.map(powershellText).join(', ')}`,
    ...(isProcess ? ["$config += 'credential_process = ' + $helper + ' credential-process ' + $session"] : []),
    'Set-Content -Path (Join-Path $folder aws-config) -Value $config -Encoding ascii',
    ...(isProcess ? [] : [SERVE]),
    SERVICE,
    '',
  ].join('\n');
}

/** As one argument of a command line of Windows. */
function windowsArgument(text: string): string {
  return /^[\w:/.=@,+-]+$/.test(text) ? text : `"${text.replaceAll('"', '\\"')}"`;
}
