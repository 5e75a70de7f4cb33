package import Warehouse

/// What two releases are made of that is not the same: files, rules, the program.
package struct ReleaseDifferences: Sendable, Equatable {
  package struct Source: Sendable, Hashable, Comparable {
    package let name: String
    package let vintage: String

    package static func < (one: Source, other: Source) -> Bool {
      (one.name, one.vintage) < (other.name, other.vintage)
    }
  }

  /// What one release has, and the other; nil where it is not there.
  package struct Version: Sendable, Equatable {
    package let id: String
    package let before: String?
    package let after: String?
    /// Options that are set otherwise.
    package let options: [Option]

    init(id: String, before: String?, after: String?, options: [Option] = []) {
      self.id = id
      self.before = before
      self.after = after
      self.options = options
    }
  }

  package struct Option: Sendable, Equatable {
    package let name: String
    package let before: String?
    package let after: String?
  }

  package let before: String
  package let after: String
  package let added: [Source]
  package let removed: [Source]
  /// Of the same name and vintage, with another content.
  package let replaced: [Source]
  /// Perimeters whose file, version or options differ.
  package let perimeters: [Version]
  /// Nomenclatures and tables of territories.
  package let rules: [String]
  /// The version of the program, where it is not the same.
  package let program: Version?

  package init(_ before: Manifest, _ after: Manifest) {
    self.before = before.name
    self.after = after.name
    func sources(_ manifest: Manifest) -> [Source: [String]] {
      Dictionary(
        manifest.sources.map { (Source(name: $0.source, vintage: $0.vintage), $0.files.map(\.sha256).sorted()) },
        uniquingKeysWith: { $0 + $1 })
    }
    let (old, new) = (sources(before), sources(after))
    added = new.keys.filter { old[$0] == nil }.sorted()
    removed = old.keys.filter { new[$0] == nil }.sorted()
    replaced = new.keys.filter { old[$0] != nil && old[$0] != new[$0] }.sorted()
    func sets(_ manifest: Manifest) -> [String: Manifest.RuleSet] {
      Dictionary(manifest.ruleSets.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
    let (oldSets, newSets) = (sets(before), sets(after))
    perimeters = Set(oldSets.keys).union(newSets.keys).sorted().compactMap { id in
      let (one, other) = (oldSets[id], newSets[id])
      if one == other { return nil }
      let (set, reset) = (one?.settings ?? [:], other?.settings ?? [:])
      let options = Set(set.keys).union(reset.keys).sorted().filter { set[$0] != reset[$0] }
      return Version(
        id: id, before: one?.version, after: other?.version,
        options: options.map { Option(name: $0, before: set[$0], after: reset[$0]) })
    }
    func files(_ manifest: Manifest) -> [String: String] {
      Dictionary(manifest.rules.map { ($0.file, $0.sha256) }, uniquingKeysWith: { first, _ in first })
    }
    let (oldFiles, newFiles) = (files(before), files(after))
    rules = Set(oldFiles.keys).union(newFiles.keys).filter { oldFiles[$0] != newFiles[$0] }.sorted()
    program =
      before.program == after.program ? nil : Version(id: "essor", before: before.program, after: after.program)
  }

  package var isEmpty: Bool {
    added.isEmpty && removed.isEmpty && replaced.isEmpty && perimeters.isEmpty && rules.isEmpty && program == nil
  }
}
