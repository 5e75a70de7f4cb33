// SQLite: GeoPackages are read with it.
#include <sqlite3.h>

// The macro is a cast, which Swift does not import: the library copies the bytes before the call returns.
static inline sqlite3_destructor_type essor_sqlite_transient(void) { return SQLITE_TRANSIENT; }
