// GEOS through its reentrant C interface: validity, repair, unions, Voronoi cells.
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>
