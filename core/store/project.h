#pragma once

#include "core/base/progress.h"
#include "core/store/decisions.h"
#include "core/store/imports.h"
#include "core/store/registry.h"
#include "core/store/samples.h"
#include "core/store/task.h"

namespace assay {

class SampleFindings;

enum class OpenMode { ReadWrite, ReadOnly };

/// A project: the folder NAME.assay with project.db, jobs/, models/, corpora/ and exports/.
/// An object is one connection, to be used by one thread at a time; any number may be open on a
/// project, in one process or several. Readers never wait; writers wait for each other, and report
/// "store.busy" after 20 s. Errors of all calls: "store.damaged", "store.full", "store.io",
/// "store.busy", "store.read_only".
class Project {
public:
    /// Makes the folder; ".assay" is appended where the name lacks it. `name` empty takes the
    /// folder's. "file.exists" when there is something already.
    static Result<Project> create(
        const std::filesystem::path& folder, const std::string& name = {});
    /// Opens an existing project and, for writing, brings an older one up to date and removes what
    /// a killed import left behind. "store.not_a_project", "store.newer", "store.older"
    /// (read-only).
    static Result<Project> open(
        const std::filesystem::path& folder, OpenMode mode = OpenMode::ReadWrite);

    Project(Project&&) noexcept;
    Project& operator=(Project&&) noexcept;
    ~Project();

    const std::filesystem::path& folder() const;
    const std::string& name() const;
    const std::string& uid() const;
    std::filesystem::path jobsFolder() const { return folder() / "jobs"; }
    std::filesystem::path modelsFolder() const { return folder() / "models"; }
    std::filesystem::path corporaFolder() const { return folder() / "corpora"; }
    std::filesystem::path exportsFolder() const { return folder() / "exports"; }

    Samples& samples();
    Decisions& decisions();
    Imports& imports();
    Registry& registry();
    Task& task();
    SampleFindings& findings();

    /// Reads the whole database and reports what is wrong with it: "store.damaged".
    Result<void> check();

    /// Copies the project as it is at this moment, also while others work in it; `target` must not
    /// exist.
    Result<std::filesystem::path> copyTo(const std::filesystem::path& target,
        const ProgressFunction& progress = {}, StopToken stop = {}) const;

    /// The project folders in a folder, sorted by name.
    static Result<std::vector<std::filesystem::path>> find(const std::filesystem::path& folder);

private:
    struct Parts;
    explicit Project(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace assay
