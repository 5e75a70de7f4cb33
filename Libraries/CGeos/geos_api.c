#include "geos_api.h"

#include <dlfcn.h>
#include <stdio.h>

#define FUNCTIONS(each)                                                                                                \
  each(GEOS_init_r, GEOSContextHandle_t, (void), ())                                                                   \
  each(GEOS_finish_r, void, (GEOSContextHandle_t context), (context))                                                  \
  each(GEOSContext_setErrorMessageHandler_r, GEOSMessageHandler_r,                                                     \
       (GEOSContextHandle_t context, GEOSMessageHandler_r ef, void *userData),                                         \
       (context, ef, userData))                                                                                        \
  each(GEOS_interruptRequest, void, (void), ())                                                                        \
  each(GEOS_interruptRegisterCallback, GEOSInterruptCallback *, (GEOSInterruptCallback *cb), (cb))                     \
  each(GEOSFree_r, void, (GEOSContextHandle_t context, void *buffer), (context, buffer))                               \
  each(GEOSCoordSeq_copyFromBuffer_r, GEOSCoordSequence *,                                                             \
       (GEOSContextHandle_t context, const double *buf, unsigned int size, int hasZ, int hasM),                        \
       (context, buf, size, hasZ, hasM))                                                                               \
  each(GEOSCoordSeq_copyToBuffer_r, int,                                                                               \
       (GEOSContextHandle_t context, const GEOSCoordSequence *s, double *buf, int hasZ, int hasM),                     \
       (context, s, buf, hasZ, hasM))                                                                                  \
  each(GEOSCoordSeq_getSize_r, int,                                                                                    \
       (GEOSContextHandle_t context, const GEOSCoordSequence *s, unsigned int *size),                                  \
       (context, s, size))                                                                                             \
  each(GEOSGeom_createPointFromXY_r, GEOSGeometry *,                                                                   \
       (GEOSContextHandle_t context, double x, double y),                                                              \
       (context, x, y))                                                                                                \
  each(GEOSGeom_createLinearRing_r, GEOSGeometry *,                                                                    \
       (GEOSContextHandle_t context, GEOSCoordSequence *s),                                                            \
       (context, s))                                                                                                   \
  each(GEOSGeom_createPolygon_r, GEOSGeometry *,                                                                       \
       (GEOSContextHandle_t context, GEOSGeometry *shell, GEOSGeometry **holes, unsigned int nholes),                  \
       (context, shell, holes, nholes))                                                                                \
  each(GEOSGeom_createCollection_r, GEOSGeometry *,                                                                    \
       (GEOSContextHandle_t context, int type, GEOSGeometry **geoms, unsigned int ngeoms),                             \
       (context, type, geoms, ngeoms))                                                                                 \
  each(GEOSGeom_destroy_r, void, (GEOSContextHandle_t context, GEOSGeometry *g), (context, g))                         \
  each(GEOSGeomTypeId_r, int, (GEOSContextHandle_t context, const GEOSGeometry *g), (context, g))                      \
  each(GEOSisEmpty_r, char, (GEOSContextHandle_t context, const GEOSGeometry *g), (context, g))                        \
  each(GEOSisValidDetail_r, char,                                                                                      \
       (GEOSContextHandle_t context, const GEOSGeometry *g, int flags, char **reason, GEOSGeometry **location),        \
       (context, g, flags, reason, location))                                                                          \
  each(GEOSGeom_getCoordSeq_r, const GEOSCoordSequence *,                                                              \
       (GEOSContextHandle_t context, const GEOSGeometry *g),                                                           \
       (context, g))                                                                                                   \
  each(GEOSGetExteriorRing_r, const GEOSGeometry *,                                                                    \
       (GEOSContextHandle_t context, const GEOSGeometry *g),                                                           \
       (context, g))                                                                                                   \
  each(GEOSGetInteriorRingN_r, const GEOSGeometry *,                                                                   \
       (GEOSContextHandle_t context, const GEOSGeometry *g, int n),                                                    \
       (context, g, n))                                                                                                \
  each(GEOSGetNumInteriorRings_r, int, (GEOSContextHandle_t context, const GEOSGeometry *g), (context, g))             \
  each(GEOSGetGeometryN_r, const GEOSGeometry *,                                                                       \
       (GEOSContextHandle_t context, const GEOSGeometry *g, int n),                                                    \
       (context, g, n))                                                                                                \
  each(GEOSGetNumGeometries_r, int, (GEOSContextHandle_t context, const GEOSGeometry *g), (context, g))                \
  each(GEOSMakeValid_r, GEOSGeometry *, (GEOSContextHandle_t context, const GEOSGeometry *g), (context, g))            \
  each(GEOSUnaryUnion_r, GEOSGeometry *, (GEOSContextHandle_t context, const GEOSGeometry *g), (context, g))           \
  each(GEOSDifference_r, GEOSGeometry *,                                                                               \
       (GEOSContextHandle_t context, const GEOSGeometry *g1, const GEOSGeometry *g2),                                  \
       (context, g1, g2))                                                                                              \
  each(GEOSIntersection_r, GEOSGeometry *,                                                                             \
       (GEOSContextHandle_t context, const GEOSGeometry *g1, const GEOSGeometry *g2),                                  \
       (context, g1, g2))                                                                                              \
  each(GEOSBuffer_r, GEOSGeometry *,                                                                                   \
       (GEOSContextHandle_t context, const GEOSGeometry *g, double width, int quadsegs),                               \
       (context, g, width, quadsegs))                                                                                  \
  each(GEOSConcaveHull_r, GEOSGeometry *,                                                                              \
       (GEOSContextHandle_t context, const GEOSGeometry *g, double ratio, unsigned int allowHoles),                    \
       (context, g, ratio, allowHoles))                                                                                \
  each(GEOSVoronoiDiagram_r, GEOSGeometry *,                                                                           \
       (GEOSContextHandle_t context, const GEOSGeometry *g, const GEOSGeometry *env, double tolerance, int onlyEdges), \
       (context, g, env, tolerance, onlyEdges))

#define POINTER(name, result, parameters, arguments) static __typeof__(&name) p_##name;
FUNCTIONS(POINTER)

// Hidden: the library looks for names in the program first, and must find its own.
#define FORWARD(name, result, parameters, arguments) \
  __attribute__((visibility("hidden"))) result name parameters { return p_##name arguments; }
FUNCTIONS(FORWARD)

const char *essor_geos_load(const char *library) {
  static char message[512];
  void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
  if (!handle) return dlerror();
#define FIND(name, result, parameters, arguments)                               \
  p_##name = (__typeof__(&name))dlsym(handle, #name);                           \
  if (!p_##name) {                                                              \
    snprintf(message, sizeof message, "%s has no function %s", library, #name); \
    return message;                                                             \
  }
  FUNCTIONS(FIND)
  return NULL;
}
