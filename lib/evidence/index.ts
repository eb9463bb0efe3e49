export { addToEvidence, tryToAdd } from './add-to-evidence';
export { type AuditEvidence, type EvidenceInput, writeAuditEvidence } from './audit-evidence';
export { verificationFile } from './known-documents';
export { renderEvidenceText } from './text-report';
export { verifyEvidence } from './verify-evidence';
