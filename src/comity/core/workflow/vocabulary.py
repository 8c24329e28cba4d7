"""Names of this app's actions."""

ENQUEUE_JOB = "workflow:job:enqueue"
CANCEL_JOB = "workflow:job:cancel"
READ_MAIL = "workflow:mail:read"

#: The outbox topic of mails. Payload: `to`, `subject`, `body`, and where known `lang`.
MAIL = "workflow:mail"
