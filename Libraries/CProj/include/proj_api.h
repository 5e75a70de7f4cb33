// PROJ, opened at run time: the library brings forty others with it (HTTP, TIFF), which would cost every command
// twenty milliseconds at start. Types and constants are those of the library's own header.
#pragma once
#include <proj.h>

// Opens the library and finds its functions; NULL, or what the system says.
const char *essor_proj_load(const char *library);
// Opens a library that PROJ needs, unless one of its name is open already; 0 where that cannot be (yet).
int essor_proj_preload(const char *name, const char *library);

PJ_CONTEXT *essor_proj_context(const char *data_folder);
void essor_proj_context_destroy(PJ_CONTEXT *context);
// A coordinate system, by code or by definition; NULL where there is none such.
PJ *essor_proj_system(PJ_CONTEXT *context, const char *definition);
// Is it geographic in two dimensions, or projected?
int essor_proj_is_flat(const PJ *system);
// From one system to the other, longitude or easting first; NULL where no way leads.
PJ *essor_proj_between(PJ_CONTEXT *context, const PJ *from, const PJ *to);
void essor_proj_destroy(PJ *object);
// Transforms in place, coordinates one after the other; how many of them could be.
size_t essor_proj_transform(PJ *way, int forward, double *x, double *y, size_t stride, size_t count);
const char *essor_proj_name(PJ_CONTEXT *context, PJ *system);
// The EPSG code, given or recognised for certain; 0 where there is none.
int essor_proj_epsg(PJ_CONTEXT *context, PJ *system);
// The PROJ release, such as 9.1.1.
const char *essor_proj_version(void);
