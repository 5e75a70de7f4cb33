import Diagnostics
import Filesystem
import Glibc
import Synchronization
import TestSupport
import Testing

/// Raised by one task, seen by another.
private final class Flag: Sendable {
  private let raised = Atomic<Bool>(false)
  var isRaised: Bool { raised.load(ordering: .relaxed) }
  func raise() { raised.store(true, ordering: .relaxed) }
}

@Suite("Folders") struct FolderTests {
  @Test func `a folder is made with those above it, and may be there already`() throws {
    try withTemporaryFolder { folder in
      for _ in 0..<2 { try Folder.make("\(folder)/a/b/c") }
      #expect(Folder.exists("\(folder)/a/b/c"))
      #expect(!Folder.exists("\(folder)/a/b/d"))
      #expect(!Folder.fileExists("\(folder)/a"))
    }
  }

  @Test func `a folder cannot be made where a file is`() throws {
    try withTemporaryFolder { folder in
      try save(utf8("x"), to: "\(folder)/a")
      for path in ["\(folder)/a", "\(folder)/a/b"] {
        let problem = expectProblem("file.not_folder") { try Folder.make(path) }
        #expect(problem?.place.file == "\(folder)/a")
      }
      #expect(Folder.fileExists("\(folder)/a"))
    }
  }

  @Test func `a folder is tried by writing in it, and nothing is left there`() throws {
    try withTemporaryFolder { folder in
      try Folder.tryWriting(in: folder)
      #expect(try Folder.names(in: folder) == [])
    }
    // Nobody makes files there, whatever the rights.
    let problem = #expect(throws: Problem.self) { try Folder.tryWriting(in: "/proc") }
    #expect(problem?.place.file == "/proc")
  }

  @Test func `names are sorted, without the two that every folder has`() throws {
    try withTemporaryFolder { folder in
      for name in ["b", "a", "é", ".hidden", "10", "9"] { try save([], to: "\(folder)/\(name)") }
      #expect(try Folder.names(in: folder) == [".hidden", "10", "9", "a", "b", "é"])
    }
  }

  @Test func `the longest names are listed whole`() throws {
    let name = String(repeating: "n", count: 255)
    try withTemporaryFolder { folder in
      try save([], to: "\(folder)/\(name)")
      let names = try Folder.names(in: folder)
      #expect(names == [name])
    }
  }

  @Test func `a tree is removed, and what its links point at is not`() throws {
    try withTemporaryFolder { folder in
      try Folder.make("\(folder)/kept/inside")
      try save(utf8("x"), to: "\(folder)/kept/file")
      try Folder.make("\(folder)/tree/deep/deeper")
      try save(utf8("x"), to: "\(folder)/tree/deep/file")
      try #require(symlink("\(folder)/kept", "\(folder)/tree/link") == 0)
      try #require(symlink("nowhere", "\(folder)/tree/deep/broken") == 0)
      try Folder.remove("\(folder)/tree")
      #expect(try Folder.names(in: folder) == ["kept"])
      #expect(try Folder.names(in: "\(folder)/kept") == ["file", "inside"])
    }
  }

  @Test func `files and links are removed; nothing there is no error`() throws {
    try withTemporaryFolder { folder in
      try save(utf8("x"), to: "\(folder)/file")
      try #require(symlink("file", "\(folder)/link") == 0)
      try Folder.remove("\(folder)/link")
      #expect(try Folder.names(in: folder) == ["file"])
      for _ in 0..<2 { try Folder.remove("\(folder)/file") }
      #expect(try Folder.names(in: folder).isEmpty)
    }
  }

  @Test func `a link points where it was told, and then elsewhere`() throws {
    try withTemporaryFolder { folder in
      let link = "\(folder)/current"
      #expect(Folder.target(ofLink: link) == nil)
      for release in ["releases/1", "releases/2", "releases/2"] {
        try Folder.link(link, to: release)
        #expect(Folder.target(ofLink: link) == release)
      }
      #expect(try Folder.names(in: folder) == ["current"])
    }
  }

  @Test func `what an interrupted swap left behind is no hindrance`() throws {
    try withTemporaryFolder { folder in
      try #require(symlink("nowhere", "\(folder)/current.next-\(getpid())") == 0)
      try Folder.link("\(folder)/current", to: "releases/1")
      #expect(Folder.target(ofLink: "\(folder)/current") == "releases/1")
    }
  }

  @Test func `a link does not take the place of a folder`() throws {
    try withTemporaryFolder { folder in
      try Folder.make("\(folder)/current/inside")
      #expect(throws: Problem.self) { try Folder.link("\(folder)/current", to: "elsewhere") }
      #expect(Folder.exists("\(folder)/current/inside"))
    }
  }

  @Test func `who reads a link while it is swapped sees the old target or the new one, never none`() async throws {
    let folder = try TemporaryFolder()
    let link = folder["current"]
    try Folder.link(link, to: "0")
    let done = Flag()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        var last = 0
        while !done.isRaised {
          let seen = Folder.target(ofLink: link).flatMap { Int($0) }
          if seen == nil || seen ?? 0 < last {
            Issue.record("\(String(describing: seen)) after \(last)")
            return
          }
          last = seen ?? last
          await Task.yield()
        }
      }
      do { for release in 1...200 { try Folder.link(link, to: "\(release)") } } catch { Issue.record(error) }
      done.raise()
    }
    #expect(Folder.target(ofLink: link) == "200")
  }

  @Test(arguments: [
    ("/a/b/c", "/a/b", "c"), ("/a", "/", "a"), ("a/b", "a", "b"), ("a", ".", "a"), ("/a/b.csv", "/a", "b.csv"),
  ])
  func `a path is its parent and its name`(path: String, parent: String, name: String) {
    #expect(Folder.parent(of: path) == parent)
    #expect(Folder.name(of: path) == name)
  }

  @Test func `free space is known of a folder that exists`() throws {
    try withTemporaryFolder { folder in
      #expect(Folder.freeSpace(at: folder) ?? 0 > 0)
      #expect(Folder.freeSpace(at: "\(folder)/no") == nil)
    }
  }
}
