import job from '../../spark-job-emr.py';
import init from '../../hotpost_job/__init__.py';
import argumentsModule from '../../hotpost_job/arguments.py';
import dedupe from '../../hotpost_job/dedupe.py';
import errors from '../../hotpost_job/errors.py';
import exceedance from '../../hotpost_job/exceedance.py';
import features from '../../hotpost_job/features.py';
import jobModule from '../../hotpost_job/job.py';
import model from '../../hotpost_job/model.py';
import optionalTerms from '../../hotpost_job/optional_terms.py';
import quarantine from '../../hotpost_job/quarantine.py';
import readModel from '../../hotpost_job/read_model.py';
import readRaw from '../../hotpost_job/read_raw.py';
import reasons from '../../hotpost_job/reasons.py';
import schemas from '../../hotpost_job/schemas.py';
import score from '../../hotpost_job/score.py';
import summary from '../../hotpost_job/summary.py';
import unknownFields from '../../hotpost_job/unknown_fields.py';
import write from '../../hotpost_job/write.py';

/** spark-job-emr.py, as its text. */
export const jobScript = job;

/** Every file of hotpost_job/ by its name: esbuild bundles what is imported by name, and job-files.test.ts fails when one is missing. */
export const jobModules: Readonly<Record<string, string>> = {
  '__init__.py': init,
  'arguments.py': argumentsModule,
  'dedupe.py': dedupe,
  'errors.py': errors,
  'exceedance.py': exceedance,
  'features.py': features,
  'job.py': jobModule,
  'model.py': model,
  'optional_terms.py': optionalTerms,
  'quarantine.py': quarantine,
  'read_model.py': readModel,
  'read_raw.py': readRaw,
  'reasons.py': reasons,
  'schemas.py': schemas,
  'score.py': score,
  'summary.py': summary,
  'unknown_fields.py': unknownFields,
  'write.py': write,
};
