import Diagnostics
import Registers
import Tabular
import TestSupport
import Testing

@Suite("The register of associations")
struct AssociationTests {
  private struct Read {
    var outcome = AssociationRegister.Outcome()
    var ids: [String] = []
    var numbers: [String?] = []
    var titles: [String] = []
    var sirens: [UInt64?] = []
    var gone: [String] = []
    var account: Reconciliation { outcome.tables.first?.account ?? Reconciliation() }
  }

  private func read(_ container: Container) throws -> Read {
    var read = Read()
    read.outcome = try AssociationRegister(container).read(gone: { read.gone.append("\($0)") }) { one in
      read.ids.append(one.id)
      read.numbers.append(one.number?.description)
      read.titles.append(one.title)
      read.sirens.append(one.siren)
    }
    return read
  }

  private func read(_ text: String) throws -> Read {
    try withFile("rna.csv", utf8(text)) { try read(Container.open($0)) }
  }

  @Test func `active associations are kept, the others leave their number`() throws {
    let siret = SmallSirene.siret(SmallSirene.siren(1), 1)
    let found = try read(
      SmallRNA.waldec([
        .init("W591000001", "ALPHA", siret: siret), .init("W591000002", "BETA", position: "D"),
        .init("W591000003", "GAMMA", position: "S"), .init("W591000004", "DELTA", dissolved: "2020-01-02"),
        .init("W2A1000005", "L’ÎLE", siret: "123"),
      ]))
    #expect(found.outcome.layout == .waldec)
    #expect(found.ids == ["W591000001", "W2A1000005"])
    #expect(found.titles == ["ALPHA", "L'ÎLE"])
    #expect(found.sirens == [UInt64(SmallSirene.siren(1)), nil])
    #expect(found.gone == ["W591000002", "W591000003", "W591000004"])
    #expect(found.account.outOfScope == ["closed": 3])
    #expect(found.account.remarks["siret"] == 1)
    #expect(found.account.isBalanced)
    #expect(found.outcome.vintage == "2026-09")
  }

  @Test(
    arguments: [
      ("W59100000", "A", "identifier"), ("X591000001", "A", "identifier"), ("W59A000001", "A", "identifier"),
      ("", "A", "identifier"), ("W591000009", "A", "duplicate"), ("W591000001", "Z", "state"),
      ("W591000001", "R", "state"), ("W591000001", "", "state"),
    ])
  func `what is no row of it is set aside`(id: String, position: String, reason: String) throws {
    let found = try read(
      SmallRNA.waldec([.init("W591000009", "x"), .init(id, "y", position: position)]))
    #expect(found.account.rejected == [reason: 1], "\(id) \(position)")
    #expect(found.ids == ["W591000009"])
  }

  /// An old number became a W: it stands beside, or is made of the old one.
  @Test func `the older register tells the W numbers`() throws {
    let found = try read(
      SmallRNA.imported([
        .init("751P00085568", "INDIGO", position: "R", observation: "W751085568"),
        .init("595S00001234", "BETA"), .init("0595012345", "GAMMA"), .init("W595000077", "DELTA"),
        .init("751P00085568", "INDIGO BIS", observation: "W751085569"),
      ]))
    #expect(found.outcome.layout == .imported)
    #expect(found.numbers == ["W751085568", "W595001234", nil, "W595000077", "W751085569"])
    #expect(found.account.kept == 5)
  }

  @Test func `the two encodings and broken letters`() throws {
    let text = SmallRNA.waldec([.init("W591000001", "Théâtre d’été")])
    let narrow = text.unicodeScalars.map { $0 == "\u{2019}" ? 0x92 : UInt8(truncatingIfNeeded: $0.value) }
    for bytes in [utf8(text), narrow] {
      let found = try withFile("rna.csv", bytes) { try read(Container.open($0)) }
      #expect(found.titles == ["Théâtre d'été"])
    }
  }

  @Test func `a folder of one table a département is one register`() throws {
    try withTemporaryFolder { folder in
      for (name, row) in [("02", "W021000001"), ("59", "W591000001"), ("60", "W591000001")] {
        try save(utf8(SmallRNA.waldec([.init(row, "x")])), to: "\(folder)/rna_waldec_20260901_dpt_\(name).csv")
      }
      try save(utf8("not a table"), to: "\(folder)/lisez-moi.txt")
      let found = try read(Container.open(folder))
      #expect(found.outcome.tables.map(\.account.read) == [1, 1, 1])
      #expect(found.outcome.tables.map(\.account.rejected) == [[:], [:], ["duplicate": 1]])
      try save(utf8(SmallRNA.imported([.init("W621000001", "x")])), to: "\(folder)/rna_x.csv")
      let problem = expectProblem("rna.mixed") { _ = try read(Container.open(folder)) }
      #expect(problem?.place.file?.hasSuffix("rna_x.csv") == true)
    }
  }

  @Test func `a file of another source is told so`() throws {
    let units = SmallSirene.units([.init(SmallSirene.siren(1))])
    let problem = expectProblem("register.other_source") { _ = try read(units) }
    #expect(problem?.facts["found"] == "sirene-units")
    expectProblem("container.no_table") { try withTemporaryFolder { _ = try read(Container.open($0)) } }
  }

  @Test(.enabled(if: RealData.has("rna/rna_sample_waldec.csv")), arguments: [("waldec", 2), ("import", 3)])
  func `the real files`(layout: String, kept: Int) throws {
    let found = try read(Container.open(RealData.path("rna/rna_sample_\(layout).csv")))
    #expect(found.outcome.layout.rawValue == layout)
    #expect(found.account.kept == kept && found.account.rejectedCount == 0)
    // The number made of the old one is the one that stands beside it.
    for (id, number) in zip(found.ids, found.numbers) where layout == "import" {
      #expect(AssociationNumber(former: id)?.description == number)
    }
  }

  @Test func `numbers are written as they are read`() throws {
    for text in ["W000000001", "W999999999", "W2B1000123", "W9G1000123"] {
      #expect(AssociationNumber(text)?.description == text)
      #expect(AssociationNumber(text.lowercased())?.description == text)
    }
    for text in ["W000000000", "W12345678", "W1234567890", "W12B456789", "1234567890", "WÉ23456789", ""] {
      #expect(AssociationNumber(text) == nil, "\(text)")
    }
  }
}
