/// How alike two words are, from 0 to 1: letters in common that stand near each other, swaps counted half, and a
/// common beginning counted for more (Jaro 1989, Winkler 1990).
enum JaroWinkler {
  static func similarity(_ a: [UInt8], _ b: [UInt8]) -> Double {
    if a == b { return 1 }
    let jaro = jaro(a, b)
    guard jaro > 0.7 else { return jaro }
    let common = zip(a.prefix(4), b.prefix(4)).prefix { $0 == $1 }
    return jaro + Double(Array(common).count) * 0.1 * (1 - jaro)
  }

  private static func jaro(_ a: [UInt8], _ b: [UInt8]) -> Double {
    // Sixty-four letters are enough for any word of a name.
    let (m, n) = (min(a.count, 64), min(b.count, 64))
    guard m > 0, n > 0 else { return 0 }
    let reach = max(0, max(m, n) / 2 - 1)
    var (usedA, usedB): (UInt64, UInt64) = (0, 0)
    var common = 0
    for i in 0..<m {
      var j = max(0, i - reach)
      let end = min(n, i + reach + 1)
      while j < end {
        if usedB >> UInt64(j) & 1 == 0, a[i] == b[j] {
          usedA |= 1 << UInt64(i)
          usedB |= 1 << UInt64(j)
          common += 1
          break
        }
        j += 1
      }
    }
    guard common > 0 else { return 0 }
    var swapped = 0
    var j = 0
    for i in 0..<m where usedA >> UInt64(i) & 1 == 1 {
      while usedB >> UInt64(j) & 1 == 0 { j += 1 }
      if a[i] != b[j] { swapped += 1 }
      j += 1
    }
    let matches = Double(common)
    return (matches / Double(m) + matches / Double(n) + (matches - Double(swapped) / 2) / matches) / 3
  }
}
