export { addToEvidence } from './add-to-evidence';
export { type AuditEvidence, type EvidenceInput, writeAuditEvidence } from './audit-evidence';
export { renderEvidenceText } from './text-report';
export { verifyEvidence } from './verify-evidence';
