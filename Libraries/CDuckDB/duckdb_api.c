#include "duckdb_api.h"
