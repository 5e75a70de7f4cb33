// GEOS through its reentrant C interface: validity, repair, unions, Voronoi cells. Types and functions are those of the
// library's own header; geos_api.c forwards each that is used to the library, which is opened at run time: bound at
// start, it and the C++ names that it binds would cost every command a third of its start.
#pragma once
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

// Opens the library and finds its functions; NULL, or what the system says.
const char *essor_geos_load(const char *library);

// The library calls this at each step of long work; GEOS_interruptRequest, called from there, ends it with an error.
// One for the whole process. Here, because a pointer to a named kind of function may be seen in two ways from Swift.
static inline void essor_geos_at_each_step(void (*call)(void)) { (void)GEOS_interruptRegisterCallback(call); }
