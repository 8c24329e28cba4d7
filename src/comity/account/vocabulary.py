"""Names of what happens to an account, as the audit keeps them."""

SIGN_IN = "account:session:start"
ADD_FACTOR = "account:factor:add"
REMOVE_FACTOR = "account:factor:remove"
MAKE_CODES = "account:recovery_codes:make"
ATTACH_IDENTITY = "account:identity:attach"
DETACH_IDENTITY = "account:identity:detach"
CHANGE_PASSWORD = "account:password:change"  # noqa: S105 a verb
EXPORT_AUDIT = "audit:log:export"
