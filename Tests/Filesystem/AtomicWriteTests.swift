import Diagnostics
import Filesystem
import Glibc
import TestSupport
import Testing

@Suite("Files written whole or not at all") struct AtomicWriteTests {
  @Test(arguments: [0, 1, 4_096, 3_000_000])
  func `what is written is there, and nothing beside it`(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try withTemporaryFolder { folder in
      try Folder.write(bytes, to: "\(folder)/release.json")
      #expect(try Folder.contents(of: "\(folder)/release.json") == bytes)
      #expect(try Folder.names(in: folder) == ["release.json"])
    }
  }

  @Test func `the new contents replace the old, longer or shorter`() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/manifest"
      for text in ["first", "a longer second", "3"] {
        try Folder.write(utf8(text), to: path)
        #expect(try Folder.contents(of: path) == utf8(text))
      }
    }
  }

  @Test func `a writing that fails leaves the old file as it was, and no trace`() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/manifest"
      try Folder.write(utf8("old"), to: path)
      // The file being written is a way to /dev/full, which has no room for a single byte.
      try #require(symlink("/dev/full", "\(path).part-\(getpid())") == 0)
      let problem = expectProblem("disk.full") { try Folder.write(utf8("new"), to: path) }
      #expect(problem?.status == .machine)
      #expect(try Folder.contents(of: path) == utf8("old"))
      #expect(try Folder.names(in: folder) == ["manifest"])
    }
  }

  @Test func `a file for which there is no folder is not written`() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/no/manifest"
      let problem = expectProblem("file.no_folder") { try Folder.write(utf8("x"), to: path) }
      // The file that was asked for, not the temporary one.
      #expect(problem?.place.file == path)
      #expect(problem?.facts["folder"] == "\(folder)/no")
    }
  }

  @Test func `a folder is not replaced by a file`() throws {
    try withTemporaryFolder { folder in
      try Folder.make("\(folder)/release")
      #expect(throws: Problem.self) { try Folder.write(utf8("x"), to: "\(folder)/release") }
      #expect(Folder.exists("\(folder)/release"))
      #expect(try Folder.names(in: folder) == ["release"])
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may write in read-only folders"))
  func `a read-only folder keeps its files`() throws {
    try withTemporaryFolder { folder in
      try Folder.write(utf8("old"), to: "\(folder)/manifest")
      try #require(chmod(folder, 0o555) == 0)
      defer { chmod(folder, 0o755) }
      let problem = expectProblem("file.forbidden") { try Folder.write(utf8("new"), to: "\(folder)/manifest") }
      #expect(problem?.status == .machine)
      #expect(try Folder.contents(of: "\(folder)/manifest") == utf8("old"))
    }
  }

  @Test func `a device is written to, never replaced`() throws {
    try Folder.write(utf8("into the void"), to: "/dev/null")
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    expectProblem("disk.full") { try Folder.write(utf8("x"), to: "/dev/full") }
  }

  @Test func `a full disk is told by the one who writes`() throws {
    let file = try WritableFile("/dev/full")
    let problem = expectProblem("disk.full") { try file.write("one line\n") }
    #expect(problem?.place.file == "/dev/full")
    #expect(problem?.facts["attempt"] == "write")
  }
}

@Suite("Files read") struct ReadableFileTests {
  @Test func `bytes are read at any place, fewer at the end`() throws {
    try withFile("digits", utf8("0123456789")) { path in
      let file = try ReadableFile(path)
      #expect(file.size == 10)
      #expect(try file.bytes(at: 0, count: 10) == utf8("0123456789"))
      #expect(try file.bytes(at: 7, count: 100) == utf8("789"))
      #expect(try file.bytes(at: 3, count: 2) == utf8("34"))
      #expect(try file.bytes(at: 10, count: 1).isEmpty)
      #expect(try file.bytes(at: 99, count: 1).isEmpty)
      #expect(try file.bytes(at: .max, count: 56).isEmpty)
    }
  }

  @Test func `what cannot be read says why`() throws {
    try withTemporaryFolder { folder in
      let missing = expectProblem("file.missing") { _ = try ReadableFile("\(folder)/no") }
      #expect(missing?.place.file == "\(folder)/no")
      #expect(missing?.status == .data)
      expectProblem("file.is_folder") { _ = try ReadableFile(folder) }
      expectProblem("file.missing") { _ = try Folder.contents(of: "\(folder)/no") }
      expectProblem("file.missing") { _ = try Folder.names(in: "\(folder)/no") }
    }
  }

  @Test func `a file goes on being read when its name is given to another`() throws {
    try withTemporaryFolder { folder in
      try Folder.write(utf8("old"), to: "\(folder)/table")
      let file = try ReadableFile("\(folder)/table")
      try Folder.write(utf8("new"), to: "\(folder)/table")
      #expect(try file.bytes(at: 0, count: 3) == utf8("old"))
    }
  }
}
