"""Identifiers, so that a case is never looked up with the number of a client."""

from typing import NewType

ClientId = NewType("ClientId", int)
UnitId = NewType("UnitId", int)
UnitEventId = NewType("UnitEventId", int)
CaseId = NewType("CaseId", int)
ConversationId = NewType("ConversationId", int)
PublicationId = NewType("PublicationId", int)
ReminderId = NewType("ReminderId", int)
ActivityId = NewType("ActivityId", int)
StepId = NewType("StepId", int)
DirectoryId = NewType("DirectoryId", int)
PersonId = NewType("PersonId", int)
MatterId = NewType("MatterId", int)
ConflictId = NewType("ConflictId", int)
MeldingId = NewType("MeldingId", int)
RelayId = NewType("RelayId", int)
DetrimentId = NewType("DetrimentId", int)
HoldId = NewType("HoldId", int)
AttachmentId = NewType("AttachmentId", str)
CallBackId = NewType("CallBackId", int)
GuidedId = NewType("GuidedId", int)
