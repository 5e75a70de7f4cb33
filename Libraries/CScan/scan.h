// Sixty-four bytes at a time: where are the quotes, the separators, the line ends?
//
// Each mask has one bit a byte, the lowest bit for the first byte. SSE2 is part of every x86-64 and
// NEON of every arm64; AVX2 is asked for when the program runs. The portable version serves the others
// and the tests, which check that all agree.
#ifndef ESSOR_SCAN_H
#define ESSOR_SCAN_H

#include <stdint.h>
#include <string.h>

typedef struct {
  uint64_t quotes;
  uint64_t separators;
  uint64_t newlines;
  uint64_t nuls;
} essor_masks;

static inline uint64_t essor_mask_portable(const uint8_t *bytes, uint8_t wanted) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(bytes[i] == wanted) << i;
  return mask;
}

static inline essor_masks essor_masks_portable(const uint8_t *bytes, uint8_t separator) {
  essor_masks masks = {
      essor_mask_portable(bytes, '"'), essor_mask_portable(bytes, separator),
      essor_mask_portable(bytes, '\n'), essor_mask_portable(bytes, 0)};
  return masks;
}

#if defined(__SSE2__)
#include <emmintrin.h>

static inline uint64_t essor_mask_of(__m128i a, __m128i b, __m128i c, __m128i d, uint8_t wanted) {
  __m128i w = _mm_set1_epi8((char)wanted);
  uint64_t m0 = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(a, w));
  uint64_t m1 = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(b, w));
  uint64_t m2 = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(c, w));
  uint64_t m3 = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(d, w));
  return m0 | m1 << 16 | m2 << 32 | m3 << 48;
}

static inline essor_masks essor_masks_of(const uint8_t *bytes, uint8_t separator) {
  const __m128i *p = (const __m128i *)bytes;
  __m128i a = _mm_loadu_si128(p), b = _mm_loadu_si128(p + 1);
  __m128i c = _mm_loadu_si128(p + 2), d = _mm_loadu_si128(p + 3);
  essor_masks masks;
  masks.quotes = essor_mask_of(a, b, c, d, '"');
  masks.separators = essor_mask_of(a, b, c, d, separator);
  masks.newlines = essor_mask_of(a, b, c, d, '\n');
  // One comparison for the four vectors: a NUL is so rare that its place is looked for afterwards.
  __m128i least = _mm_min_epu8(_mm_min_epu8(a, b), _mm_min_epu8(c, d));
  int any = _mm_movemask_epi8(_mm_cmpeq_epi8(least, _mm_setzero_si128()));
  masks.nuls = __builtin_expect(any != 0, 0) ? essor_mask_of(a, b, c, d, 0) : 0;
  return masks;
}

#elif defined(__ARM_NEON)
#include <arm_neon.h>

static inline uint64_t essor_mask_of(const uint8x16_t v[4], uint8_t wanted) {
  const uint8x16_t bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t w = vdupq_n_u8(wanted);
  uint8x16_t a = vandq_u8(vceqq_u8(v[0], w), bits), b = vandq_u8(vceqq_u8(v[1], w), bits);
  uint8x16_t c = vandq_u8(vceqq_u8(v[2], w), bits), d = vandq_u8(vceqq_u8(v[3], w), bits);
  uint8x16_t sum = vpaddq_u8(vpaddq_u8(a, b), vpaddq_u8(c, d));
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sum, sum)), 0);
}

static inline essor_masks essor_masks_of(const uint8_t *bytes, uint8_t separator) {
  uint8x16_t v[4] = {vld1q_u8(bytes), vld1q_u8(bytes + 16), vld1q_u8(bytes + 32), vld1q_u8(bytes + 48)};
  essor_masks masks = {
      essor_mask_of(v, '"'), essor_mask_of(v, separator), essor_mask_of(v, '\n'), essor_mask_of(v, 0)};
  return masks;
}

#else
static inline essor_masks essor_masks_of(const uint8_t *bytes, uint8_t separator) {
  return essor_masks_portable(bytes, separator);
}
#endif

// Bit i of the result is the parity of bits 0 to i: with quotes, which bytes stand inside a quoted field.
static inline uint64_t essor_parity_up_to(uint64_t mask) {
  mask ^= mask << 1;
  mask ^= mask << 2;
  mask ^= mask << 4;
  mask ^= mask << 8;
  mask ^= mask << 16;
  mask ^= mask << 32;
  return mask;
}

// What is found in a stretch of text, besides the places written to `ends`.
typedef struct {
  long ends;
  long newlines;  // outside quotes
  long first_nul;  // −1: none
  long quoted_newlines;  // inside quotes
  uint64_t misplaced;  // not 0: a quote opens in the middle of a field
} essor_stretch;

// For each byte of a mask, which of its bits are set, in order, and how many they are.
typedef struct {
  uint8_t at[256][8];
  uint8_t counts[256];
} essor_places;

static inline essor_places essor_make_places(void) {
  essor_places places = {0};
  for (int bits = 0; bits < 256; bits++) {
    for (int bit = 0; bit < 8; bit++) {
      if (bits >> bit & 1) places.at[bits][places.counts[bits]++] = (uint8_t)bit;
    }
  }
  return places;
}

typedef uint8_t essor_bytes8 __attribute__((vector_size(8)));
typedef uint32_t essor_words8 __attribute__((vector_size(32)));

#define ESSOR_TARGET
#define ESSOR_SCAN essor_scan_baseline
#define ESSOR_MASKS essor_masks_of
#define ESSOR_PARITY essor_parity_up_to
#include "scan_loop.h"
#undef ESSOR_TARGET
#undef ESSOR_SCAN
#undef ESSOR_MASKS
#undef ESSOR_PARITY

#if defined(__x86_64__)
#include <immintrin.h>

#define ESSOR_TARGET __attribute__((target("avx2,bmi,popcnt,pclmul")))

ESSOR_TARGET static inline uint64_t essor_mask_wide(__m256i a, __m256i b, uint8_t wanted) {
  __m256i w = _mm256_set1_epi8((char)wanted);
  uint64_t low = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, w));
  uint64_t high = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, w));
  return low | high << 32;
}

ESSOR_TARGET static inline essor_masks essor_masks_wide(const uint8_t *bytes, uint8_t separator) {
  __m256i a = _mm256_loadu_si256((const __m256i *)bytes), b = _mm256_loadu_si256((const __m256i *)(bytes + 32));
  essor_masks masks;
  masks.quotes = essor_mask_wide(a, b, '"');
  masks.separators = essor_mask_wide(a, b, separator);
  masks.newlines = essor_mask_wide(a, b, '\n');
  int any = _mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(a, b), _mm256_setzero_si256()));
  masks.nuls = __builtin_expect(any != 0, 0) ? essor_mask_wide(a, b, 0) : 0;
  return masks;
}

// A product without carries by all ones is the parity of the bits up to each.
ESSOR_TARGET static inline uint64_t essor_parity_wide(uint64_t mask) {
  __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)mask), _mm_set1_epi8(-1), 0);
  return (uint64_t)_mm_cvtsi128_si64(product);
}

#define ESSOR_SCAN essor_scan_wide
#define ESSOR_MASKS essor_masks_wide
#define ESSOR_PARITY essor_parity_wide
#include "scan_loop.h"
#undef ESSOR_TARGET
#undef ESSOR_SCAN
#undef ESSOR_MASKS
#undef ESSOR_PARITY

static inline int essor_is_wide(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt") &&
         __builtin_cpu_supports("pclmul");
}

#else
static inline int essor_is_wide(void) { return 0; }

static inline essor_stretch essor_scan_wide(
    const uint8_t *text, long count, uint8_t separator, const essor_places *places, uint32_t *ends) {
  return essor_scan_baseline(text, count, separator, places, ends);
}
#endif

// Where fields and records end in a stretch that starts at a record. `text` must be readable for 64 bytes beyond
// `count`; `ends` must have room for eight places more than there may be.
static inline essor_stretch essor_scan(
    const uint8_t *text, long count, uint8_t separator, const essor_places *places, uint32_t *ends) {
  return essor_is_wide() ? essor_scan_wide(text, count, separator, places, ends)
                         : essor_scan_baseline(text, count, separator, places, ends);
}

#endif
