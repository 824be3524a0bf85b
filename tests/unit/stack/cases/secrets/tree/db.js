const pool = new Pool({ connectionString: `postgres://u:sekret@${host}/shop` })
