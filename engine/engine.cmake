# assay_engine: everything that needs libtorch. assay-cli loads it when a verb asks for it.
assay_sources(engine_sources nn model train infer engine)
add_library(assay_engine SHARED ${engine_sources})
target_link_libraries(assay_engine PUBLIC assay_core PRIVATE assay_torch)
file(GLOB kernel_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/nn/*_kernel.cpp)
set_source_files_properties(${kernel_sources} PROPERTIES
  COMPILE_OPTIONS "${ASSAY_KERNEL_FLAGS};-ffp-contract=fast;-fopenmp-simd" SKIP_PRECOMPILE_HEADERS ON)
if(ASSAY_PCH)
  target_precompile_headers(assay_engine PRIVATE nn/pch.h)
endif()
