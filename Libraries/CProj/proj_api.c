#include "proj_api.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#define FUNCTIONS(each)               \
  each(proj_context_create)           \
  each(proj_context_destroy)          \
  each(proj_context_set_search_paths) \
  each(proj_context_set_enable_network) \
  each(proj_log_level)                \
  each(proj_create)                   \
  each(proj_create_crs_to_crs_from_pj) \
  each(proj_normalize_for_visualization) \
  each(proj_destroy)                  \
  each(proj_is_crs)                   \
  each(proj_get_type)                 \
  each(proj_trans_generic)            \
  each(proj_get_name)                 \
  each(proj_get_id_auth_name)         \
  each(proj_get_id_code)              \
  each(proj_identify)                 \
  each(proj_list_get_count)           \
  each(proj_list_get)                 \
  each(proj_list_destroy)             \
  each(proj_int_list_destroy)         \
  each(proj_info)

#define POINTER(name) static __typeof__(&name) p_##name;
FUNCTIONS(POINTER)

const char *essor_proj_load(const char *library) {
  static char message[512];
  void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
  if (!handle) return dlerror();
#define FIND(name)                                                              \
  p_##name = (__typeof__(&name))dlsym(handle, #name);                           \
  if (!p_##name) {                                                              \
    snprintf(message, sizeof message, "%s has no function %s", library, #name); \
    return message;                                                             \
  }
  FUNCTIONS(FIND)
  return NULL;
}

int essor_proj_preload(const char *name, const char *library) {
  return dlopen(name, RTLD_LAZY | RTLD_NOLOAD) || dlopen(library, RTLD_LAZY | RTLD_LOCAL);
}

PJ_CONTEXT *essor_proj_context(const char *data_folder) {
  PJ_CONTEXT *context = p_proj_context_create();
  if (!context) return NULL;
  // Results do not depend on what a server answers, and nothing asks the network.
  p_proj_context_set_enable_network(context, 0);
  p_proj_log_level(context, PJ_LOG_NONE);
  if (data_folder) p_proj_context_set_search_paths(context, 1, &data_folder);
  return context;
}

void essor_proj_context_destroy(PJ_CONTEXT *context) { p_proj_context_destroy(context); }

PJ *essor_proj_system(PJ_CONTEXT *context, const char *definition) {
  PJ *system = p_proj_create(context, definition);
  if (system && !p_proj_is_crs(system)) {
    p_proj_destroy(system);
    return NULL;
  }
  return system;
}

int essor_proj_is_flat(const PJ *system) {
  PJ_TYPE type = p_proj_get_type(system);
  return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_PROJECTED_CRS;
}

PJ *essor_proj_between(PJ_CONTEXT *context, const PJ *from, const PJ *to) {
  PJ *way = p_proj_create_crs_to_crs_from_pj(context, from, to, NULL, NULL);
  if (!way) return NULL;
  PJ *usual = p_proj_normalize_for_visualization(context, way);
  p_proj_destroy(way);
  return usual;
}

void essor_proj_destroy(PJ *object) { p_proj_destroy(object); }

size_t essor_proj_transform(PJ *way, int forward, double *x, double *y, size_t stride, size_t count) {
  return p_proj_trans_generic(way, forward ? PJ_FWD : PJ_INV, x, stride, count, y, stride, count, NULL, 0, 0, NULL, 0, 0);
}

const char *essor_proj_name(PJ_CONTEXT *context, PJ *system) {
  (void)context;
  return p_proj_get_name(system);
}

static int epsg_of(const PJ *system) {
  const char *authority = p_proj_get_id_auth_name(system, 0);
  const char *code = p_proj_get_id_code(system, 0);
  if (!authority || !code || authority[0] != 'E' || authority[1] != 'P') return 0;
  return atoi(code);
}

int essor_proj_epsg(PJ_CONTEXT *context, PJ *system) {
  int code = epsg_of(system);
  if (code) return code;
  int *confidence = NULL;
  PJ_OBJ_LIST *found = p_proj_identify(context, system, "EPSG", NULL, &confidence);
  if (!found) return 0;
  if (p_proj_list_get_count(found) > 0 && confidence && confidence[0] >= 70) {
    PJ *best = p_proj_list_get(context, found, 0);
    if (best) {
      code = epsg_of(best);
      p_proj_destroy(best);
    }
  }
  if (confidence) p_proj_int_list_destroy(confidence);
  p_proj_list_destroy(found);
  return code;
}

const char *essor_proj_version(void) { return p_proj_info().version; }
