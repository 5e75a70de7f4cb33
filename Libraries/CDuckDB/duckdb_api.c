#include "duckdb_api.h"

#include <dlfcn.h>
#include <stdio.h>

#define ESSOR_POINTER(name, result, parameters, arguments) static result(*essor_##name) parameters;
ESSOR_DUCKDB_FUNCTIONS(ESSOR_POINTER)

#define ESSOR_FORWARD(name, result, parameters, arguments) \
  result name parameters { return essor_##name arguments; }
ESSOR_DUCKDB_FUNCTIONS(ESSOR_FORWARD)

const char *essor_duckdb_load(const char *python_library, const char *library) {
  static char message[512];
  // The library of the wheel is also a Python module: it takes some symbols from libpython.
  if (python_library && !dlopen(python_library, RTLD_LAZY | RTLD_GLOBAL)) return dlerror();
  void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
  if (!handle) return dlerror();
#define ESSOR_FIND(name, result, parameters, arguments)                          \
  essor_##name = (result(*) parameters)dlsym(handle, #name);                     \
  if (!essor_##name) {                                                           \
    snprintf(message, sizeof message, "%s has no function %s", library, #name);  \
    return message;                                                              \
  }
  ESSOR_DUCKDB_FUNCTIONS(ESSOR_FIND)
  return NULL;
}
