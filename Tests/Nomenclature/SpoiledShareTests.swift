import Diagnostics
import Filesystem
import Nomenclature
import Perimeter
import Territory
import TestSupport
import Testing
import Wording

/// Every file of rules is read when the program starts: none can be broken without a word.
@Suite("Spoiled rules")
struct SpoiledShareTests {
  static let files: [String] = ["nomenclatures", "perimeters", "territories", "lang"].flatMap { folder in
    ((try? Folder.names(in: "\(Checkout.installation.share)/\(folder)")) ?? []).filter { $0.hasSuffix(".csv") }.map {
      "\(folder)/\($0)"
    }
  }

  @Test(arguments: files)
  func `a row with a field too few is refused with its file and line`(_ file: String) throws {
    let folder = try TemporaryFolder()
    // Only the files that are read together are copied.
    for other in Self.files {
      let bytes = try Folder.contents(of: "\(Checkout.installation.share)/\(other)")
      let isSpoiled = other == file
      try Folder.make(Folder.parent(of: folder[other]))
      try save(bytes + (isSpoiled ? utf8("spoiled\n") : []), to: folder[other])
    }
    let lines = try Folder.contents(of: folder[file]).count { $0 == UInt8(ascii: "\n") }
    let problem = #expect(throws: Problem.self) {
      _ = try Words(share: folder.path, language: .fr)
      _ = try PerimeterBook(share: folder.path, NomenclatureBook(share: folder.path))
      _ = try TerritoryBook(Installation(share: folder.path, libraries: Checkout.installation.libraries))
      _ = try TypologyLabels(share: folder.path)
    }
    #expect(problem?.place.file == folder[file])
    #expect(problem?.place.line == lines, "\(file): \(String(describing: problem))")
  }

  @Test func `there are files to spoil`() { #expect(Self.files.count > 20) }
}
