import Tabular
import TestSupport
import Testing

@Suite("Numbers as people write them") struct NumberReadingTests {
  private static func read(_ bytes: [UInt8], _ places: Int) -> Int64? {
    bytes.withUnsafeBufferPointer { NumberReading.decimal($0, places: places) }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let places: Int
    let value: Int64?

    init(_ text: String, _ places: Int, _ value: Int64?) {
      (self.text, self.places, self.value) = (text, places, value)
    }

    init(_ text: String, _ value: Int64?) { self.init(text, 0, value) }

    var testDescription: String { "\(text.debugDescription), \(places) places" }
  }

  static let numbers: [Case] = [
    Case("1234", 1_234), Case("0", 0), Case("007", 7), Case("1234", 2, 123_400),
    Case("-3", -3), Case("+3", 3), Case("-3,25", 2, -325),
    Case("1 234,5", 1, 12_345), Case("1.234,5", 1, 12_345), Case("1,234.5", 1, 12_345), Case("1'234.5", 1, 12_345),
    Case("1\u{a0}234,5", 1, 12_345), Case("1\u{202f}234,5", 1, 12_345), Case("-1 234 567,8", 1, -12_345_678),
    Case("1.234.567", 1_234_567), Case("1,234,567", 1_234_567), Case("1 234 567", 1_234_567),
    Case("1.234.567,89", 2, 123_456_789), Case("1,234,567.89", 2, 123_456_789),
    Case("12 345", 12_345), Case("123 456", 123_456), Case("1.234,567", 3, 1_234_567), Case("1,234.567", 3, 1_234_567),
    Case("12,5", 1, 125), Case("12.5", 1, 125), Case("12.50", 1, 125), Case(",5", 1, 5), Case(".5", 1, 5),
    Case("5,", 1, 50),
    // A lone mark is the decimal one; before three digits, where three decimals are expected or none can be grouped.
    Case("1,234", 3, 1_234), Case("0.750", 3, 750), Case("12.000", 4, 120_000),
    Case("0.750", 1), Case("0,750", 1, 8), Case("-0.123", 2, -12), Case("012.345", 1, 123), Case(".234", 1, 2),
    Case("1234,567", 1, 12_346), Case("1 234,567", 1, 12_346), Case("1.25", 1, 13), Case("1,2345", 1, 12),
    Case("1,2345", 1), Case("1,23", 1),
    // Half goes away from zero, and only the digit behind the last place counts.
    Case("12,5", 13), Case("12,49", 12), Case("-12,5", -13), Case("-12,49", -12), Case("12,45", 1, 125),
    Case("12,4499", 1, 124),
    Case("0,05", 1, 1), Case("0,04", 1, 0), Case("-0,04", 1, 0), Case("9,99", 1, 100), Case("999,5", 1_000),
    Case("9223372036854775806", .max - 1), Case("-9223372036854775806", -.max + 1),
    Case("92233720368547758", 2, 9_223_372_036_854_775_800),
  ]

  static let refused: [Case] =
    [
      "", "-", "+", ",", ".", " ", "'", "abc", "12a", "a12", "1e5", "0x10", "--3", "+-3", "3-", "\u{2212}3", "12€",
      "12 %",
      "NaN", "n.d.", "1/2", "12:30", "1_000", "\"1\"", "1,5,", "1,5 2",
      "9223372036854775807", "-9223372036854775808", "99999999999999999999", "1 000 000 000 000 000 000 000",
      // Dates, telephone numbers, lists and slips of the finger: signs that do not cut into groups of three.
      "12.03.2024", "2024 12 31", "01.02.03", "1,2,3", "1..2", "1.23.456", "1.234.56", "1 2", "12 34", "1234 567",
      "1''234",
      "04 78 12 34 56", "1.234,567,8", "1,234.567,89", "1,234.567.890", "1 234 5", "1.2,3", "12.34,5",
      // A thousand, or one and some thousandths?
      "1,234", "1.234", "12.000", "123,456", "-1,234", "+1.000", "1,000",
    ].map { Case($0, nil) } + [
      Case("9223372036854775806", 1, nil), Case("92233720368547758070", 2, nil),
      Case("1,234", 1, nil), Case("1.234", 1, nil), Case("12.000", 2, nil), Case("-123,456", 2, nil),
    ]

  @Test(arguments: numbers) func `a number is read`(_ example: Case) {
    #expect(Self.read(utf8(example.text), example.places) == example.value)
  }

  @Test(arguments: refused) func `what is no number is not taken for one`(_ example: Case) {
    #expect(Self.read(utf8(example.text), example.places) == nil)
  }

  @Test(arguments: [
    Case("12", 12), Case("0", 0), Case("-3", -3), Case("12.0", 12), Case("12,00", 12), Case("12.0000", 12),
    Case("12,", 12), Case("0,000", 0), Case(",0", 0), Case("1 234", 1_234), Case("1.234.567", 1_234_567),
    Case("1 234,00", 1_234), Case("1,234.0", 1_234), Case("1234,000", 1_234), Case("9223372036854775806", .max - 1),
    Case("12.5", nil), Case("12,01", nil), Case("0,4", nil), Case("12.0001", nil), Case("1,234.5", nil),
    Case("1,234", nil), Case("1.234", nil), Case("12.000", nil), Case("1234,567", nil), Case("0,750", nil),
    Case("", nil), Case(".", nil), Case("douze", nil), Case("9223372036854775807", nil),
  ])
  func `things are counted whole or not at all`(_ example: Case) throws {
    #expect(utf8(example.text).withUnsafeBufferPointer { NumberReading.count($0) } == example.value)
    #expect(try eachField([example.text]) { NumberReading.count($0) } == [example.value])
  }

  @Test func `a no-break space of Windows-1252 groups, its pieces in UTF-8 do not`() {
    #expect(Self.read([0x31, 0xa0, 0x32, 0x33, 0x34], 0) == 1_234)
    for pieces in [[0xc2], [0xe2], [0x80], [0xaf], [0xe2, 0x80], [0xe2, 0x80, 0xa0], [0xc2, 0xaf], [0xff]] as [[UInt8]]
    {
      #expect(Self.read([0x31] + pieces + [0x32, 0x33, 0x34], 0) == nil, "\(pieces)")
    }
  }

  @Test func `a field is read like its bytes`() throws {
    #expect(try eachField(["1 234,5", "x", ""]) { NumberReading.decimal($0, places: 1) } == [12_345, nil, nil])
  }

  @Test(arguments: 0..<8)
  func `a number is read in every style in which it can be written`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<2_000 {
      let number = WrittenNumber(&random)
      let places = random.number(0...4)
      let context = Comment("\(number.text.debugDescription), \(places)")
      #expect(Self.read(utf8(number.text), places) == number.scaled(places), context)
    }
  }

  @Test(arguments: 10..<18)
  func `on random characters the reader agrees with the grammar`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let alphabets = ["0123456789,. ", "1,.", "012,. '\u{a0}\u{202f}-+", "1 .", "9876,."].map { $0.map(String.init) }
    for _ in 0..<2_000 {
      let alphabet = random.pick(alphabets)
      let text = (0..<random.number(1...22)).map { _ in random.pick(alphabet) }.joined()
      let bytes = text.flatMap { random.chance(5) && $0 == "\u{a0}" ? [0xa0] : utf8(String($0)) }
      for places in 0...4 {
        #expect(
          Self.read(bytes, places) == NumberGrammar.number(bytes, places: places), "\(text.debugDescription), \(places)"
        )
      }
      let count = bytes.withUnsafeBufferPointer { NumberReading.count($0) }
      #expect(count == NumberGrammar.number(bytes, places: 0, isCount: true), "\(text.debugDescription)")
    }
  }

  @Test func `the grammar says what the examples say`() {
    for example in Self.numbers + Self.refused {
      #expect(NumberGrammar.number(utf8(example.text), places: example.places) == example.value, "\(example.text)")
    }
  }
}
