import Diagnostics
import Nomenclature
import Registers
import Tabular
import TestSupport
import Testing

@Suite("Belgian annual accounts")
struct AccountsTests {
  private static let (a, b) = (SmallKBO.number(4_000_001), SmallKBO.number(4_000_002))

  private func read(_ container: Container, year: Int32? = nil) throws -> AnnualAccounts.Outcome {
    try AnnualAccounts(container, Checkout.nomenclatures.accounts).read(year: year)
  }

  private func read(_ text: String, _ name: String = "nbb.csv", year: Int32? = nil) throws -> AnnualAccounts.Outcome {
    try withFile(name, utf8(text)) { try read(Container.open($0), year: year) }
  }

  /// Two ways to the same deposits: the table, and a document each, with every way to write the year before.
  @Test func `the table and the documents tell the same`() throws {
    var random = SplitMix64(seed: 5)
    let rubrics = try Checkout.nomenclatures.accounts
    let codes = rubrics.rubrics.map(\.code).filter { !["20/58", "10/49"].contains($0) }
    let deposits = (1...40).map { index in
      let total = "\(random.number(0...9_000_000)).\(random.number(10...99))"
      var items = [("20/58", total, "N"), ("10/49", total, "N"), ("20/58", "77", random.pick(["NM1", "N-1", "N1"]))]
      for code in codes where random.chance(40) {
        items.append((code == "170/4" ? random.pick(["170/4", "170/174"]) : code, "\(random.number(-500...500))", "N"))
      }
      return SmallAccounts.Deposit(
        "2024-\(index)", SmallKBO.number(4_000_000 + index), year: random.number(2019...2024),
        model: random.pick(rubrics.models), items: items)
    }
    let table = try read(SmallAccounts.table(deposits))
    for asNumbers in [true, false] {
      let documents = try withTemporaryFolder { folder in
        for (index, deposit) in deposits.enumerated() {
          let name = "\(String(1000 + index)).\(index % 2 == 0 ? "json" : "jsonxbrl")"
          try save(utf8(SmallAccounts.document(deposit, asNumbers: asNumbers)), to: "\(folder)/\(name)")
        }
        return try read(Container.open(folder))
      }
      let array = try read("[" + deposits.map { SmallAccounts.document($0) }.joined(separator: ",") + "]", "all.json")
      for outcome in [documents, array] {
        #expect(outcome.deposits.map(\.reference) == table.deposits.map(\.reference))
        #expect(outcome.deposits.map(\.values) == table.deposits.map(\.values))
        #expect(outcome.deposits.map(\.previousAssets) == table.deposits.map(\.previousAssets))
        #expect(outcome.deposits.map(\.year) == table.deposits.map(\.year))
      }
    }
    #expect(table.deposits.count == 40 && table.deposits.allSatisfy { $0.previousAssets == 7_700 })
    #expect(table.vintage == "2024-07-01")
    let account = try #require(table.tables.first?.account)
    #expect(account.isBalanced && account.outOfScope["previous"] == 40)
  }

  @Test(
    arguments: [
      ("1000.50", 100_050), ("1000", 100_000), ("-3.456", -346), ("0.5", 50), ("12.345", 1_235), ("1234,56", 123_456),
      ("1 234,56", 123_456), ("1000000000", 100_000_000_000), (".5", 50),
    ] as [(String, Int64)])
  func `amounts as machines and spreadsheets write them`(text: String, hundredths: Int64) throws {
    let deposit = SmallAccounts.Deposit("r", Self.a, items: [("70", text.contains(",") ? "\"\(text)\"" : text, "N")])
    let outcome = try read(SmallAccounts.table([deposit]))
    let position = try #require(try Checkout.nomenclatures.accounts.position(of: "70"))
    #expect(outcome.deposits.first?.values[Int32(position)] == hundredths)
  }

  @Test(
    arguments: [
      ("2019-01-01", "2024-12-31", "exercise"), ("2024-12-31", "2024-01-01", "exercise"),
      ("2024", "2024-12-31", "date"),
    ])
  func `a year that is none has a reason of its own`(start: String, end: String, reason: String) throws {
    let text = SmallAccounts.table([SmallAccounts.Deposit("r", Self.a, year: 2024, items: [("70", "5", "N")])])
    let outcome = try read(
      text.replacing("2024-01-01", with: "BEGIN").replacing("2024-12-31", with: end).replacing("BEGIN", with: start))
    #expect(outcome.tables.first?.account.rejected == [reason: 1])
  }

  /// What the table rejects row by row, the document rejects whole: for the same reason.
  @Test(
    arguments: [
      ("identifier", SmallAccounts.Deposit("r", "0400.000.001")),
      ("wrong_kind", .init("r", SmallKBO.number(20_000_001))),
      ("identifier", .init("r", "")), ("model", .init("r", AccountsTests.a, model: "m99-f")),
      ("date", .init("r", AccountsTests.a, year: 0)),
      ("code", .init("r", AccountsTests.a, items: [("70", "5", "N2")])),
      ("number", .init("r", AccountsTests.a, items: [("70", "cinq", "N")])),
      ("cell", .init("r", AccountsTests.a, items: [("170/4", "5", "N"), ("170/174", "6", "N")])),
      ("balance", .init("r", AccountsTests.a, items: [("20/58", "100", "N"), ("10/49", "102", "N")])),
      // Beyond what can be added up.
      ("number", .init("r", AccountsTests.a, items: [("20/58", "92233720368547758.06", "N")])),
    ])
  func `accounts that cannot be are rejected with the reason`(reason: String, deposit: SmallAccounts.Deposit) throws {
    for outcome in [
      try read(SmallAccounts.table([deposit])), try read(SmallAccounts.document(deposit), "a.json"),
    ] {
      let account = try #require(outcome.tables.first?.account)
      #expect(account.rejected.keys.sorted() == [reason])
      #expect(account.isBalanced)
      #expect(account.rejectedRows.allSatisfy { $0.line > 0 })
      #expect(outcome.deposits.isEmpty || reason == "cell")
    }
  }

  @Test func `accounts of other years are out of the scope, and a file of none but those is refused`() throws {
    let (old, new) = (SmallAccounts.Deposit("r1", Self.a, year: 2021), SmallAccounts.Deposit("r2", Self.b, year: 2023))
    let array = "[\(SmallAccounts.document(old)),\(SmallAccounts.document(new))]"
    for (text, name, count) in [(SmallAccounts.table([old, new]), "a.csv", 3), (array, "a.json", 1)] {
      let outcome = try read(text, name, year: 2023)
      #expect(outcome.deposits.map(\.reference) == ["r2"])
      let account = try #require(outcome.tables.first?.account)
      #expect(account.outOfScope == ["year": count] && account.rejected == [:] && account.isBalanced)
    }
    for (text, name) in [(SmallAccounts.table([old]), "a.csv"), (SmallAccounts.document(old), "a.json")] {
      #expect(expectProblem("aggregate.other_year") { _ = try read(text, name, year: 2023) }?.facts["found"] == "2021")
    }
  }

  @Test func `accounts of a year that has not begun are rejected, whatever year is asked for`() throws {
    let deposit = SmallAccounts.Deposit("r", Self.a, year: 2099)
    for year in [nil, 2099] as [Int32?] {
      for (text, name) in [(SmallAccounts.table([deposit]), "a.csv"), (SmallAccounts.document(deposit), "a.json")] {
        let account = try #require(try read(text, name, year: year).tables.first?.account)
        #expect(account.rejected.keys.sorted() == ["year"] && account.outOfScope == [:] && account.isBalanced)
      }
    }
  }

  // MARK: - As the National Bank gives them

  private static let reference =
    #"{"ReferenceNumber": "2023-1", "DepositDate": "2024-07-01", "EnterpriseNumber": ""#
    + AccountsTests.a
    + #"", "ExerciseDates": {"startDate": "2023-01-01", "endDate": "2023-12-31"}, "ModelType": "m04-f"}"#
  private static let figures =
    #"{"ReferenceNumber": "2023-1", "EnterpriseName": "x", "Address": {}, "LegalForm": {},"#
    + #" "Rubrics": [{"Code": "20/58", "Value": "1000", "Period": "N"}, {"Code": "10/49", "Value": "1000"}]}"#

  /// The document of the figures does not say whose they are; the answer to the list of references does.
  @Test func `figures and their references are joined, wherever the references are`() throws {
    for (first, second) in [(Self.reference, Self.figures), (Self.figures, "[\(Self.reference)]")] {
      let outcome = try withTemporaryFolder { folder in
        try save(utf8(first), to: "\(folder)/a.json")
        try save(utf8(second), to: "\(folder)/b.json")
        return try read(Container.open(folder))
      }
      let deposit = try #require(outcome.deposits.first)
      #expect(deposit.year == 2023 && deposit.filed == 20_240_701 && deposit.model == "m04-f")
      #expect(SmallKBO.number(4_000_001).filter(\.isNumber).contains(String(deposit.enterprise)))
      #expect(outcome.tables.map(\.account.read).reduce(0, +) == 1)
      #expect(outcome.tables.allSatisfy { $0.account.isBalanced })
    }
    #expect(try read("[\(Self.reference),\(Self.figures)]", "a.json").deposits.count == 1)
    expectProblem("accounts.other_shape") { _ = try read(Self.figures, "a.json") }
    expectProblem("accounts.other_shape") { _ = try read(Self.reference, "a.json") }
  }

  @Test func `the export of the site has a key and a value on each line`() throws {
    let text = { (year: Int, assets: String) in
      """
      "Reference number","2023-1"
      "Entity name","ASBL"
      "Entity number","\(Self.a)"
      "Accounting period start date","\(year)-01-01"
      "Accounting period end date","\(year)-12-31"
      "Model code","m04-f"
      "Currency","EUR"
      "20/58","\(assets)"
      "10/49","1000.50"
      "70","5"
      "9087","12.5"

      """
    }
    let outcome = try read(text(2023, "1000.50"), "a.csv", year: 2023)
    let deposit = try #require(outcome.deposits.first)
    let position = try #require(try Checkout.nomenclatures.accounts.position(of: "9087"))
    #expect(deposit.reference == "2023-1" && deposit.year == 2023 && deposit.values[Int32(position)] == 1_250)
    let account = try #require(outcome.tables.first?.account)
    #expect(account.read == 11 && account.kept == 4 && account.isBalanced)
    let wrong = try #require(try read(text(2023, "900"), "a.csv").tables.first?.account)
    #expect(wrong.rejected == ["balance": 4] && wrong.isBalanced)
    expectProblem("aggregate.other_year") { _ = try read(text(2022, "1000.50"), "a.csv", year: 2023) }
  }

  @Test(arguments: [("1.5E3", 150_000), ("12e-1", 120), ("-2.5E+2", -25_000), ("1E99", nil)] as [(String, Int64?)])
  func `numbers of JSON may have an exponent`(text: String, hundredths: Int64?) throws {
    let deposit = SmallAccounts.Deposit("r", Self.a, items: [("70", text, "N")])
    let outcome = try read(SmallAccounts.document(deposit, asNumbers: true), "a.json")
    let position = try #require(try Checkout.nomenclatures.accounts.position(of: "70"))
    #expect(outcome.deposits.first?.values[Int32(position)] == hundredths)
    #expect(outcome.tables.first?.account.rejected == (hundredths == nil ? ["number": 1] : [:]))
  }

  @Test func `unequal sides take back every row of the deposit`() throws {
    let bad = SmallAccounts.Deposit(
      "r1", Self.a, items: [("20/58", "100", "N"), ("10/49", "90", "N"), ("70", "5", "N"), ("99", "1", "N")])
    let outcome = try read(SmallAccounts.table([bad, .init("r2", Self.b)]))
    let account = try #require(outcome.tables.first?.account)
    #expect(account.rejected == ["balance": 3] && account.outOfScope == ["rubric": 1] && account.kept == 3)
    #expect(account.rejectedRows.map(\.line) == [2, 3, 4])
    #expect(outcome.deposits.map(\.reference) == ["r2"])
  }

  @Test func `a reference is of one enterprise and one file`() throws {
    let two = try read(SmallAccounts.table([.init("r", Self.a), .init("r", Self.b)]))
    #expect(two.tables.first?.account.rejected == ["identifier": 3])
    try withTemporaryFolder { folder in
      try save(utf8(SmallAccounts.table([.init("r", Self.a)])), to: "\(folder)/a.csv")
      try save(utf8(SmallAccounts.document(.init("r", Self.a))), to: "\(folder)/b.json")
      let outcome = try read(Container.open(folder))
      #expect(outcome.tables.map(\.account.rejected) == [[:], ["duplicate": 1]])
      #expect(outcome.deposits.count == 1)
    }
  }

  @Test func `documents that are cut or of another shape are told`() throws {
    let whole = SmallAccounts.document(.init("r", Self.a))
    let cut = String(whole.prefix(whole.count - 30))
    let problem = expectProblem("json.ends") { _ = try read(cut, "a.json") }
    #expect((problem?.place.line ?? 0) > 5)
    for (text, key) in [
      (#"[{"ReferenceNumber": "r", "DepositDate": "2024-01-01"}]"#, "Rubrics"),
      (whole.replacing("ExerciseDates", with: "Dates"), "ExerciseDates"),
      (whole.replacing("\"Code\"", with: "\"Key\""), "Code"), (whole.replacing("ModelType", with: "Type"), "ModelType"),
      ("[1, 2]", "Rubrics"),
    ] {
      let problem = expectProblem("accounts.other_shape", "\(key)") { _ = try read(text, "a.json") }
      #expect(problem?.facts["key"] == key)
      #expect(problem?.place.line != nil)
    }
    expectProblem("register.no_column") { _ = try read("ReferenceNumber,EnterpriseNumber\n1,2\n") }
  }

  /// The service answers so where an enterprise has filed nothing.
  @Test func `a document without a deposit is told as such, and passed over beside others`() throws {
    for text in ["[]", "null", " [ ]\n", "\u{feff}null\n"] {
      expectProblem("accounts.none", "\(text)") { _ = try read(text, "a.json") }
    }
    try withTemporaryFolder { folder in
      try save(utf8("[]"), to: "\(folder)/a.json")
      try save(utf8(SmallAccounts.document(.init("r", Self.a))), to: "\(folder)/b.json")
      #expect(try read(Container.open(folder)).deposits.count == 1)
    }
  }

  @Test func `every item of the accounts has its words and its place`() throws {
    let rubrics = try Checkout.nomenclatures.accounts
    #expect(rubrics.rubrics.count >= 32 && rubrics.models.count == 9)
    #expect(rubrics.position(of: "170/174") == rubrics.position(of: "170/4"))
    #expect(rubrics.model("M04-F") == "m04-f" && rubrics.model("m04") == "m04-f" && rubrics.model("m03-f") == nil)
    #expect(rubrics.rubrics.allSatisfy { ["S", "M", "D", "E"].contains($0.confidence) })
  }
}
