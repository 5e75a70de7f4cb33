import Registers
import TestSupport
import Testing

@Suite("SIREN and SIRET") struct SirenTests {
  private static func siren(_ texts: [String]) throws -> [UInt32?] { try eachField(texts) { Identifiers.siren($0) } }
  private static func siret(_ texts: [String]) throws -> [UInt64?] { try eachField(texts) { Identifiers.siret($0) } }

  /// A number whose last digit makes the Luhn sum right, digit by digit as the rule is told.
  static func luhnNumber(_ digits: Int, _ random: inout SplitMix64) -> [Int] {
    var number = (0..<digits - 1).map { $0 == 0 ? random.number(1...9) : random.number(0...9) }
    let sum = number.reversed().enumerated().reduce(0) { sum, place in
      let doubled = place.offset % 2 == 0 ? place.element * 2 : place.element
      return sum + doubled / 10 + doubled % 10
    }
    number.append((10 - sum % 10) % 10)
    return number
  }

  private static func text(_ digits: [Int]) -> String { digits.map(String.init).joined() }

  /// The texts in which one digit is another.
  static func withOneDigitChanged(_ digits: [Int]) -> [[Int]] {
    digits.indices.flatMap { place in
      (0...9).filter { $0 != digits[place] }.map { digit in
        var changed = digits
        changed[place] = digit
        return changed
      }
    }
  }

  @Test(arguments: [
    ("356000000", "La Poste"), ("732829320", "the example of INSEE"), ("552100554", "Peugeot"), ("552081317", "EDF"),
    ("542065479", "Total"), ("120027016", "INSEE"), ("005880596", "one with leading zeros"),
  ])
  func `a known SIREN is valid`(text: String, holder: String) throws {
    #expect(try Self.siren([text]) == [UInt32(text)], "\(holder)")
  }

  @Test(arguments: [
    "", "35600000", "3560000000", "35600000A", "356 000 000", " 356000000", "356000001", "732829321", "000000000",
    "-56000000", "35600000\u{0660}", "356000000\r",
  ])
  func `what is no SIREN is refused`(text: String) throws {
    #expect(try Self.siren([text]) == [nil])
  }

  @Test(arguments: [
    ("35600000000048", "the head office of La Poste, valid by Luhn"), ("73282932000074", "the example of INSEE"),
    ("12002701600563", "INSEE"),
  ])
  func `a known SIRET is valid`(text: String, holder: String) throws {
    #expect(try Self.siret([text]) == [UInt64(text)], "\(holder)")
  }

  @Test(arguments: [
    "", "3560000000004", "356000000000480", "356000000 00048", "35600000000049", "73282932000075", "00000000000000",
  ])
  func `what is no SIRET is refused`(text: String) throws {
    #expect(try Self.siret([text]) == [nil])
  }

  @Test func `establishments of La Poste are valid where their plain sum is a multiple of five`() throws {
    var expected: [UInt64?] = []
    var texts: [String] = []
    for number in stride(from: 1, through: 99_999, by: 37) {
      let text = "356000000" + Identifiers.padded(UInt64(number), 5)
      let plainSum = text.reduce(0) { $0 + ($1.wholeNumberValue ?? 0) }
      texts.append(text)
      // Those that Luhn happens to accept are taken, too, as the head office is.
      expected.append(plainSum % 5 == 0 || Identifiers.luhn(UInt64(text) ?? 0) ? UInt64(text) : nil)
    }
    #expect(try Self.siret(texts) == expected)
    #expect(expected.count { $0 == nil } > 1_000)
  }

  @Test func `the plain sum is for La Poste alone`() throws {
    // 14 + 1 = 15 by plain sum, refused by Luhn.
    #expect(try Self.siret(["35600000000001", "73282932000010"]) == [35_600_000_000_001, nil])
  }

  @Test(arguments: 0..<6)
  func `numbers made by the rule are valid, and no other digit is in any place`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<150 {
      let digits = Self.luhnNumber(9, &random)
      let texts = ([digits] + Self.withOneDigitChanged(digits)).map(Self.text)
      let read = try Self.siren(texts)
      #expect(read[0] == UInt32(texts[0]))
      #expect(read.dropFirst().allSatisfy { $0 == nil }, "\(texts[0])")
    }
  }

  @Test(arguments: 10..<14)
  func `the same holds of SIRET`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let digits = Self.luhnNumber(14, &random)
      let texts = ([digits] + Self.withOneDigitChanged(digits)).map(Self.text)
      let read = try Self.siret(texts)
      #expect(read[0] == UInt64(texts[0]))
      // An establishment of La Poste could be valid by the other rule; chance makes none here.
      #expect(read.dropFirst().allSatisfy { $0 == nil }, "\(texts[0])")
    }
  }

  @Test(arguments: 20..<24)
  func `two neighbours that change places are noticed, but for 0 and 9`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<200 {
      let digits = Self.luhnNumber(9, &random)
      let place = random.number(0...7)
      var swapped = digits
      swapped.swapAt(place, place + 1)
      let pair = Set([digits[place], digits[place + 1]])
      let unnoticed = pair.count == 1 || pair == [0, 9]
      #expect(try (Self.siren([Self.text(swapped)])[0] != nil) == unnoticed)
    }
  }

  @Test(arguments: [
    (0, 5, "00000"), (48, 5, "00048"), (356_000_000, 9, "356000000"), (5_880_596, 9, "005880596"), (123, 2, "123"),
  ])
  func `numbers are printed with their leading zeros`(number: UInt64, width: Int, text: String) {
    #expect(Identifiers.padded(number, width) == text)
  }

  /// The readers take eight digits at once; the rule is told digit by digit.
  @Test(arguments: 0..<4)
  func `numbers read eight digits at a time are those that the rule lets through`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let texts = (0..<4_000).map { _ -> String in
      var digits = Self.luhnNumber(random.pick([9, 14]), &random)
      if random.number(0...2) == 0 { digits[random.number(0...digits.count - 1)] = random.number(0...9) }
      return Self.text(digits)
    }
    let valid = texts.map { UInt64($0).flatMap { Identifiers.luhn($0) && $0 > 0 ? $0 : nil } }
    #expect(try Self.siren(texts) == zip(texts, valid).map { $0.count == 9 ? $1.map(UInt32.init) : nil })
    #expect(try Self.siret(texts) == zip(texts, valid).map { $0.count == 14 ? $1 : nil })
    // One character that is no digit, wherever it stands.
    let spoiled = texts.map { text in
      var bytes = Array(text.utf8)
      bytes[random.number(0...bytes.count - 1)] = random.pick([0x2f, 0x3a, 0x20, 0x00, 0x40, 0xb0, 0xff])
      return String(decoding: bytes, as: UTF8.self)
    }
    #expect(try Self.siren(spoiled).allSatisfy { $0 == nil })
    #expect(try Self.siret(spoiled).allSatisfy { $0 == nil })
  }
}
