/// The number that bytes write, times 10^places: the rules of `NumberReading` told again by taking the text
/// apart, without regard to speed, so that each can find the other's mistakes.
func slowNumber(_ bytes: [UInt8], places: Int) -> Int64? {
  guard var signs = characters(bytes) else { return nil }
  let isNegative = signs.first == "-"
  if isNegative || signs.first == "+" { signs.removeFirst() }
  guard let (whole, fraction) = cut(signs), let integer = ungrouped(whole) else { return nil }
  guard fraction.allSatisfy(\.isNumber), !integer.isEmpty || !fraction.isEmpty else { return nil }
  let kept = fraction.prefix(places) + Array(repeating: "0", count: max(0, places - fraction.count))
  guard var value = Int64("0" + String(integer) + String(kept)), value < .max else { return nil }
  if fraction.count > places, fraction[places] >= "5" { value += 1 }
  return isNegative ? -value : value
}

/// The bytes as ASCII characters, all white space being a space; nil where something else stands there.
private func characters(_ bytes: [UInt8]) -> [Character]? {
  var rest = bytes[...]
  var all: [Character] = []
  while let first = rest.first {
    if let space = [[0xc2, 0xa0], [0xe2, 0x80, 0xaf], [0xa0]].first(where: { rest.starts(with: $0) }) {
      rest = rest.dropFirst(space.count)
      all.append(" ")
      continue
    }
    let character = Character(Unicode.Scalar(first))
    guard "0123456789-+., '".contains(character) else { return nil }
    all.append(character)
    rest = rest.dropFirst()
  }
  return all
}

/// Whole part and fraction: the last comma or point cuts, unless there are several of its kind.
private func cut(_ signs: [Character]) -> (whole: [Character], fraction: [Character])? {
  let marks = signs.filter { $0 == "." || $0 == "," }
  guard let mark = marks.last, let at = signs.lastIndex(of: mark) else { return (signs, []) }
  let isAlone = marks.count { $0 == mark } == 1
  if !isAlone { return marks.allSatisfy { $0 == mark } ? (signs, []) : nil }
  return (Array(signs[..<at]), Array(signs[(at + 1)...]))
}

/// The digits of a whole part: all of them, or groups of three behind one to three, cut by signs of one kind.
private func ungrouped(_ whole: [Character]) -> [Character]? {
  let kinds = Set(whole.filter { !$0.isNumber })
  guard let kind = kinds.first else { return whole }
  guard kinds.count == 1, ".,' ".contains(kind) else { return nil }
  let groups = whole.split(separator: kind, omittingEmptySubsequences: false)
  guard 1...3 ~= groups[0].count, groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
  return Array(groups.joined())
}
