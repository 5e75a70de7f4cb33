// The part of DuckDB's C interface that Essor calls, declared by us: the wheel ships no header.
//
// The library is found and opened at run time (essor_duckdb_load), so that the program starts without it
// and can say what is missing. Each function below forwards to the one of the same name in the library.
#ifndef ESSOR_DUCKDB_API_H
#define ESSOR_DUCKDB_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t idx_t;
typedef struct essor_database *duckdb_database;
typedef struct essor_connection *duckdb_connection;
typedef struct essor_config *duckdb_config;
typedef struct essor_appender *duckdb_appender;
typedef struct essor_logical_type *duckdb_logical_type;
typedef struct essor_data_chunk *duckdb_data_chunk;
typedef struct essor_vector *duckdb_vector;

typedef struct {
  idx_t deprecated_column_count;
  idx_t deprecated_row_count;
  idx_t deprecated_rows_changed;
  void *deprecated_columns;
  char *deprecated_error_message;
  void *internal_data;
} duckdb_result;

// A text in a vector: up to 12 bytes stand in place, longer ones behind a pointer.
typedef union {
  struct {
    uint32_t length;
    char prefix[4];
    const char *pointer;
  } pointer;
  struct {
    uint32_t length;
    char inlined[12];
  } inlined;
} duckdb_string_t;

typedef enum { DUCKDB_SUCCESS = 0, DUCKDB_ERROR = 1 } duckdb_state;

typedef enum {
  DUCKDB_BOOLEAN = 1, DUCKDB_TINYINT = 2, DUCKDB_SMALLINT = 3, DUCKDB_INTEGER = 4, DUCKDB_BIGINT = 5,
  DUCKDB_UTINYINT = 6, DUCKDB_USMALLINT = 7, DUCKDB_UINTEGER = 8, DUCKDB_UBIGINT = 9,
  DUCKDB_FLOAT = 10, DUCKDB_DOUBLE = 11, DUCKDB_DATE = 13, DUCKDB_HUGEINT = 16, DUCKDB_VARCHAR = 17
} duckdb_type;

// NULL when all is well; otherwise what the loader said.
const char *essor_duckdb_load(const char *python_library, const char *library);

// name, result, parameters, arguments
#define ESSOR_DUCKDB_FUNCTIONS(F)                                                                      \
  F(duckdb_library_version, const char *, (void), ())                                                  \
  F(duckdb_create_config, duckdb_state, (duckdb_config *config), (config))                             \
  F(duckdb_set_config, duckdb_state, (duckdb_config config, const char *name, const char *value),      \
    (config, name, value))                                                                             \
  F(duckdb_destroy_config, void, (duckdb_config *config), (config))                                    \
  F(duckdb_open_ext, duckdb_state,                                                                     \
    (const char *path, duckdb_database *database, duckdb_config config, char **error),                 \
    (path, database, config, error))                                                                   \
  F(duckdb_close, void, (duckdb_database *database), (database))                                       \
  F(duckdb_connect, duckdb_state, (duckdb_database database, duckdb_connection *connection),           \
    (database, connection))                                                                            \
  F(duckdb_disconnect, void, (duckdb_connection *connection), (connection))                            \
  F(duckdb_interrupt, void, (duckdb_connection connection), (connection))                              \
  F(duckdb_query, duckdb_state,                                                                        \
    (duckdb_connection connection, const char *sql, duckdb_result *result), (connection, sql, result)) \
  F(duckdb_destroy_result, void, (duckdb_result *result), (result))                                    \
  F(duckdb_result_error, const char *, (duckdb_result *result), (result))                              \
  F(duckdb_column_count, idx_t, (duckdb_result *result), (result))                                     \
  F(duckdb_column_name, const char *, (duckdb_result *result, idx_t column), (result, column))         \
  F(duckdb_column_type, duckdb_type, (duckdb_result *result, idx_t column), (result, column))          \
  F(duckdb_fetch_chunk, duckdb_data_chunk, (duckdb_result result), (result))                           \
  F(duckdb_create_data_chunk, duckdb_data_chunk, (duckdb_logical_type *types, idx_t columns),          \
    (types, columns))                                                                                  \
  F(duckdb_destroy_data_chunk, void, (duckdb_data_chunk *chunk), (chunk))                              \
  F(duckdb_data_chunk_reset, void, (duckdb_data_chunk chunk), (chunk))                                 \
  F(duckdb_data_chunk_get_size, idx_t, (duckdb_data_chunk chunk), (chunk))                             \
  F(duckdb_data_chunk_set_size, void, (duckdb_data_chunk chunk, idx_t size), (chunk, size))            \
  F(duckdb_data_chunk_get_vector, duckdb_vector, (duckdb_data_chunk chunk, idx_t column),              \
    (chunk, column))                                                                                   \
  F(duckdb_vector_get_data, void *, (duckdb_vector vector), (vector))                                  \
  F(duckdb_vector_get_validity, uint64_t *, (duckdb_vector vector), (vector))                          \
  F(duckdb_vector_ensure_validity_writable, void, (duckdb_vector vector), (vector))                    \
  F(duckdb_validity_set_row_invalid, void, (uint64_t *validity, idx_t row), (validity, row))           \
  F(duckdb_vector_assign_string_element_len, void,                                                     \
    (duckdb_vector vector, idx_t row, const char *text, idx_t length), (vector, row, text, length))    \
  F(duckdb_create_logical_type, duckdb_logical_type, (duckdb_type type), (type))                       \
  F(duckdb_destroy_logical_type, void, (duckdb_logical_type *type), (type))                            \
  F(duckdb_appender_create, duckdb_state,                                                              \
    (duckdb_connection connection, const char *schema, const char *table, duckdb_appender *appender),  \
    (connection, schema, table, appender))                                                             \
  F(duckdb_append_data_chunk, duckdb_state, (duckdb_appender appender, duckdb_data_chunk chunk),       \
    (appender, chunk))                                                                                 \
  F(duckdb_appender_error, const char *, (duckdb_appender appender), (appender))                       \
  F(duckdb_appender_close, duckdb_state, (duckdb_appender appender), (appender))                       \
  F(duckdb_appender_destroy, duckdb_state, (duckdb_appender *appender), (appender))                    \
  F(duckdb_free, void, (void *pointer), (pointer))

#define ESSOR_DECLARE(name, result, parameters, arguments) result name parameters;
ESSOR_DUCKDB_FUNCTIONS(ESSOR_DECLARE)
#undef ESSOR_DECLARE

#endif
