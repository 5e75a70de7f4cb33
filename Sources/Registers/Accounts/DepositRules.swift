internal import Nomenclature
internal import Tabular

/// What makes accounts readable: a known model, a number that checks, a year with a beginning and an end, two sides that
/// are equal.
struct DepositRules {
  let rubrics: AccountRubrics
  /// Accounts of another year are out of the scope, where one is wanted.
  let year: Int32?

  /// The deposit without its amounts, or why it is none.
  func deposit(_ head: DepositHead) -> Result<Deposit, RowFailure> {
    guard !head.reference.isEmpty, let enterprise = Self.enterprise(head.enterprise) else {
      return .failure(RowFailure(.identifier))
    }
    guard !Identifiers.isBelgianEstablishment(enterprise) else { return .failure(RowFailure(.wrongKind)) }
    guard let model = rubrics.model(head.model) else { return .failure(RowFailure(.model)) }
    guard let start = Dates.iso(head.start), let end = Dates.iso(head.end) else { return .failure(RowFailure(.date)) }
    guard start < end, Self.isYear(start, end) else { return .failure(RowFailure(.exercise)) }
    guard Years.told ~= Int(end / 10_000) else { return .failure(RowFailure(.year)) }
    guard year == nil || end / 10_000 == year else { return .failure(RowFailure(.year, isOfAnotherYear: true)) }
    return .success(
      Deposit(
        reference: head.reference, enterprise: enterprise, filed: Dates.iso(head.filed) ?? 0, start: start, end: end,
        model: model))
  }

  /// The year of accounts: that of their end.
  func year(of head: DepositHead) -> Int32? { Dates.iso(head.end).map { $0 / 10_000 } }

  /// The two sides of a balance sheet differ by a euro at most, which rounding explains.
  func isBalanced(_ deposit: Deposit) -> Bool? {
    guard let assets = deposit.values[Int32(rubrics.assets)],
      let liabilities = deposit.values[Int32(rubrics.liabilities)]
    else { return nil }
    return abs(assets - liabilities) <= 100
  }

  /// Takes one item in, or says why not.
  func take(_ code: String, _ period: String, _ value: String, into deposit: inout Deposit) -> RowReason? {
    guard let period = Self.period(period) else { return .code }
    guard let position = rubrics.position(of: code) else { return .rubric }
    guard let amount = Self.amount(value) else { return .number }
    guard period == .current else {
      if position == rubrics.assets { deposit.previousAssets = amount }
      return .previous
    }
    guard deposit.values.updateValue(amount, forKey: Int32(position)) == nil else { return .cell }
    return nil
  }

  enum Period { case current, previous }

  /// `N`, or nothing, for the year itself; the year before has been written in three ways.
  static func period(_ text: String) -> Period? {
    switch text.uppercased().filter({ $0 != " " }) {
    case "", "N": .current
    case "NM1", "N-1", "N1": .previous
    default: nil
    }
  }

  /// Hundredths. In these files, which machines write, a point is the decimal mark; a spreadsheet may have made it a
  /// comma.
  static func amount(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    if let machine = machineAmount(bytes) { return machine }
    // As far as the others go: sums and differences stay numbers.
    return bytes.withUnsafeBufferPointer { NumberReading.decimal($0, places: 2) }.flatMap { amount in
      amount.magnitude < 100_000_000_000_000_000 ? amount : nil
    }
  }

  private static func machineAmount(_ bytes: [UInt8]) -> Int64? {
    var value: Int64 = 0
    var places: Int?
    let isNegative = bytes.first == UInt8(ascii: "-")
    let digits = isNegative ? bytes.dropFirst() : bytes[...]
    guard digits.contains(where: { 0x30...0x39 ~= $0 }), digits.count <= 18 else { return nil }
    var roundsUp = false
    for byte in digits {
      if byte == UInt8(ascii: "."), places == nil {
        places = 0
        continue
      }
      guard 0x30...0x39 ~= byte else { return nil }
      switch places {
      case nil: value = value * 10 + Int64(byte - 0x30)
      case 0, 1:
        value = value * 10 + Int64(byte - 0x30)
        places = (places ?? 0) + 1
      case 2:
        roundsUp = byte >= UInt8(ascii: "5")
        places = 3
      default: break
      }
    }
    guard value < 1_000_000_000_000_000 else { return nil }
    for _ in 0..<max(0, 2 - (places ?? 0)) { value *= 10 }
    if roundsUp { value += 1 }
    return isNegative ? -value : value
  }

  /// `0400.378.485`, `BE 0400378485`, `400378485`.
  private static func enterprise(_ text: String) -> UInt64? {
    var digits = text.filter { !" .-\u{a0}".contains($0) }
    if digits.prefix(2).uppercased() == "BE" { digits.removeFirst(2) }
    guard 9...10 ~= digits.utf8.count, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = UInt64(digits),
      Identifiers.isValidBelgian(number)
    else { return nil }
    return number
  }

  /// Two years at most: a first year may be long, and none is longer.
  private static func isYear(_ start: Int32, _ end: Int32) -> Bool { end - start <= 20_000 }
}

/// Why something is no row, thrown nowhere: it is an answer.
struct RowFailure: Error {
  let reason: RowReason
  /// Of another year than the one that was asked for, which is no fault.
  let isOfAnotherYear: Bool

  init(_ reason: RowReason, isOfAnotherYear: Bool = false) {
    (self.reason, self.isOfAnotherYear) = (reason, isOfAnotherYear)
  }
}
