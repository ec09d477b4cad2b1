import { assumed } from './assumptions.ts';
import type { Inventory, Resource } from './inventory.ts';
import { merged, type Line } from './line.ts';

/** What a month costs while no run begins: what the templates create and bills its being there. */
export function restLines({ resources }: Inventory): Line[] {
  const count = (type: string) => resources.filter((resource) => resource.type === type).length;
  const hours = assumed('hoursAMonth');
  const tables = resources.filter(({ type }) => type === 'AWS::DynamoDB::Table');
  return merged([
    { price: 'kms-key', quantity: count('AWS::KMS::Key') },
    { price: 'secret', quantity: count('AWS::SecretsManager::Secret') + assumed('outsideSecrets') },
    { price: 'alarm', quantity: count('AWS::CloudWatch::Alarm') },
    { price: 'dashboard', quantity: count('AWS::CloudWatch::Dashboard') },
    { price: 'interface-endpoint-hour', quantity: endpointZones(resources) * hours },
    { price: 'nat-hour', quantity: count('AWS::EC2::NatGateway') * hours },
    { price: 'dynamodb-storage', quantity: tables.length > 0 ? assumed('tableGigabytes') : 0 },
    { price: 'dynamodb-recovery', quantity: tables.some(isRecoverable) ? assumed('tableGigabytes') : 0 },
  ]);
}

/** Gateway endpoints cost nothing, the others an hour in each zone. */
function endpointZones(resources: readonly Resource[]): number {
  return resources
    .filter(({ type, properties }) => type === 'AWS::EC2::VPCEndpoint' && properties['VpcEndpointType'] === 'Interface')
    .reduce((sum, { properties }) => sum + [properties['SubnetIds'] ?? []].flat().length, 0);
}

function isRecoverable({ properties }: Resource): boolean {
  const recovery = properties['PointInTimeRecoverySpecification'] as { PointInTimeRecoveryEnabled?: unknown } | undefined;
  return String(recovery?.PointInTimeRecoveryEnabled) === 'true';
}
