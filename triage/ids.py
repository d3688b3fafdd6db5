"""Names of clinical content, kept apart by type."""

from typing import NewType

ConceptId = NewType("ConceptId", str)
"""A symptom, a background fact or a wish, such as `chest_pain`."""
RuleId = NewType("RuleId", str)
"""A red-flag rule, such as `RF030`."""
QuestionId = NewType("QuestionId", str)
"""A question a patient may be asked, such as `onset_sudden`."""
PathId = NewType("PathId", str)
"""A safe path, such as `SP_cold`."""
