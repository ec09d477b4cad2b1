-- The database user behind an IAM role: Redshift names it so when the role asks for credentials. It has no password. A quoted user name keeps
-- its case whatever enable_case_sensitive_identifier says (Database Developer Guide, that parameter).
create user "IAMR:${roleName}" password disable;
