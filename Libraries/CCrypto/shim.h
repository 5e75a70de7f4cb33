// OpenSSL's libcrypto, for SHA-256 only (it uses the processor's SHA instructions). Opened at the first digest: bound at
// start, its tables would cost every command a millisecond or two.
#ifndef ESSOR_CRYPTO_H
#define ESSOR_CRYPTO_H

#include <dlfcn.h>
#include <openssl/evp.h>
#include <stddef.h>

#define ESSOR_CRYPTO_FUNCTIONS(each) \
  each(EVP_MD_CTX_new)               \
  each(EVP_MD_CTX_free)              \
  each(EVP_sha256)                   \
  each(EVP_DigestInit_ex)            \
  each(EVP_DigestUpdate)             \
  each(EVP_DigestFinal_ex)

struct essor_crypto {
#define ESSOR_POINTER(name) __typeof__(&name) name;
  ESSOR_CRYPTO_FUNCTIONS(ESSOR_POINTER)
#undef ESSOR_POINTER
};

static inline struct essor_crypto *essor_crypto(void) {
  static struct essor_crypto functions;
  return &functions;
}

// Opens the library and finds its functions; NULL, or what the system says. Before any digest.
static inline const char *essor_crypto_load(const char *library) {
  void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
  if (!handle) return dlerror();
#define ESSOR_FIND(name)                                          \
  essor_crypto()->name = (__typeof__(&name))dlsym(handle, #name); \
  if (!essor_crypto()->name) return "the library has no function " #name;
  ESSOR_CRYPTO_FUNCTIONS(ESSOR_FIND)
#undef ESSOR_FIND
  return NULL;
}

// NULL where no memory is left.
static inline EVP_MD_CTX *essor_digest_new(void) {
  EVP_MD_CTX *context = essor_crypto()->EVP_MD_CTX_new();
  if (context && !essor_crypto()->EVP_DigestInit_ex(context, essor_crypto()->EVP_sha256(), NULL)) {
    essor_crypto()->EVP_MD_CTX_free(context);
    return NULL;
  }
  return context;
}

static inline void essor_digest_free(EVP_MD_CTX *context) { essor_crypto()->EVP_MD_CTX_free(context); }

static inline void essor_digest_add(EVP_MD_CTX *context, const void *bytes, size_t count) {
  essor_crypto()->EVP_DigestUpdate(context, bytes, count);
}

// Puts 32 bytes in place.
static inline void essor_digest_finish(EVP_MD_CTX *context, unsigned char *digest) {
  essor_crypto()->EVP_DigestFinal_ex(context, digest, NULL);
}

#endif
