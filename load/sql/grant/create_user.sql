-- The database user behind an IAM role: Redshift names it so when the role asks for credentials. It has no password.
create user "IAMR:${roleName}" password disable;
