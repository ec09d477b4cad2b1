-- A second time changes nothing.
grant role ${databaseRole} to "IAMR:${roleName}";
