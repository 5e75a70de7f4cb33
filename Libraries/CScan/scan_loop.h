// The loop over a stretch, read by scan.h once for each kind of processor, which defines before it:
// ESSOR_SCAN, its name; ESSOR_TARGET, the instructions it may use; ESSOR_MASKS and ESSOR_PARITY, what it is made of.

ESSOR_TARGET static inline essor_stretch ESSOR_SCAN(
    const uint8_t *text, long count, uint8_t separator, const essor_places *places, uint32_t *ends) {
  essor_stretch found = {.first_nul = -1};
  uint64_t carry = 0;     // all ones while a quoted field runs over the edge
  uint64_t may_open = 1;  // lowest bit: may a quote stand at the next byte?
  uint32_t *out = ends;
  for (long offset = 0; offset < count; offset += 64) {
    essor_masks masks = ESSOR_MASKS(text + offset, separator);
    long left = count - offset;
    uint64_t valid = left >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << left) - 1;
    uint64_t nuls = masks.nuls & valid;
    if (__builtin_expect(nuls != 0, 0) && found.first_nul < 0) found.first_nul = offset + __builtin_ctzll(nuls);
    uint64_t quotes = masks.quotes & valid;
    uint64_t newlines = masks.newlines & valid;
    uint64_t structural = (masks.separators & valid) | newlines;
    if ((quotes | carry) != 0) {
      uint64_t inside = ESSOR_PARITY(quotes) ^ carry;
      uint64_t closing = quotes & ~inside;
      found.quoted_newlines += __builtin_popcountll(newlines & inside);
      structural &= ~inside;
      newlines &= ~inside;
      found.misplaced |= quotes & inside & ~((structural | closing) << 1 | may_open);
      may_open = (structural | closing) >> 63;
      carry = (uint64_t)0 - (inside >> 63);
    } else {
      may_open = structural >> 63;
    }
    found.newlines += __builtin_popcountll(newlines);
    // Eight bytes of text at a time, all their places at once and without a question: what is written too much is
    // written over by the next. A branch on how many there are would be guessed wrong half of the time.
    for (int eighth = 0; eighth < 8; eighth++) {
      uint8_t bits = (uint8_t)(structural >> 8 * eighth);
      essor_bytes8 at;
      memcpy(&at, places->at[bits], 8);
      essor_words8 words = __builtin_convertvector(at, essor_words8) + ((uint32_t)offset + 8 * (uint32_t)eighth);
      memcpy(out, &words, sizeof words);
      out += places->counts[bits];
    }
  }
  found.ends = out - ends;
  return found;
}
