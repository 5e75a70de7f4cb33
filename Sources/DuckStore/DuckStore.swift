// DuckStore
