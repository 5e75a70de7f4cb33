// OpenSSL's libcrypto, for SHA-256 only (it uses the processor's SHA instructions).
#include <openssl/evp.h>
