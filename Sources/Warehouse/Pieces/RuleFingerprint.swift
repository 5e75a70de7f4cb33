import Filesystem
import Nomenclature

/// The rules that pieces of a build are made by, as one fingerprint: whatever file of them changes, everything that
/// was judged by it is judged again.
struct RuleFingerprint {
  let text: String

  /// `files` are those of the manifest; the options of perimeters and the history of communes count too.
  init(
    _ rules: [Manifest.RuleFile], _ ruleSets: [Manifest.RuleSet], _ archive: SourceArchive, _ observatory: Observatory
  ) throws {
    let fingerprint = Fingerprint()
    for rule in rules { fingerprint.add("\(rule.file) \(rule.sha256)\n") }
    for set in ruleSets {
      fingerprint.add(
        "\(set.id) \(set.sha256) \(set.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })\n")
    }
    if let communes = archive.newest(.communes) { fingerprint.add("\(communes.sha256)\n") }
    let made = "\(observatory.path)/territories"
    if Folder.exists(made) {
      for name in try Folder.names(in: made).sorted() where name.hasSuffix(".csv") {
        fingerprint.add("\(name) \(try Fingerprint.of(file: "\(made)/\(name)"))\n")
      }
    }
    text = fingerprint.finish()
  }
}

extension SourceArchive.Item {
  /// All its files.
  var sha256: String { receipt.files.map(\.sha256).joined(separator: " ") }

  /// The countries of which a file of headcounts may speak, as its vintage says; both where it does not.
  var countries: Set<Country> {
    let said = Country.allCases.filter { country in
      receipt.vintage.split(separator: "-").contains { $0 == country.rawValue.lowercased() }
    }
    return said.isEmpty ? Set(Country.allCases) : Set(said)
  }
}
